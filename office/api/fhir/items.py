"""A resource on its way in, and the fingerprint of what it says."""

import hashlib
import re
from dataclasses import dataclass, field
from uuid import UUID

from office.api.fhir.reading import Line, Resource, canonical


@dataclass(eq=False)
class Item:
    """A resource on its way in."""

    line: Line
    index: int
    resource: Resource
    body: bytes
    sha256: str
    full_url: str = ""
    full_urls: dict[str, str] = field(default_factory=dict)
    bundle: "set[str] | None" = None
    source: str = ""
    patient_id: UUID | None = None
    replaces: UUID | None = None

    @property
    def kind(self) -> str:
        return str(self.resource["resourceType"])

    @property
    def id(self) -> str:
        return str(self.resource["id"])


def sha256_of(resource: Resource, full_urls: dict[str, str]) -> str:
    """Return the fingerprint of what a resource says: versions and the form of references left out."""
    meta = resource.get("meta")
    if isinstance(meta, dict) and meta.keys() & {"lastUpdated", "versionId"}:
        resource = {**resource, "meta": {key: meta[key] for key in meta if key not in {"lastUpdated", "versionId"}}}
    raw = canonical(resource)
    if full_urls:
        raw = re.sub(
            rb'(?<="reference":")[^"]+', lambda at: full_urls.get(at[0].decode(), at[0].decode()).encode(), raw
        )
    return hashlib.sha256(raw).hexdigest()
