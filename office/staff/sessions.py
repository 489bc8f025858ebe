"""Sessions that a stolen copy of the database cannot use: the key is kept as a hash, the content sealed."""

import base64
import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from office.core import secrets
from office.staff.models import Session


def hashed(key: str | None) -> str:
    """Return what is kept of a session's key; the key itself has 160 random bits, so no salt is needed."""
    return sha256((key or "").encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Django's database sessions, listed by member so that they can be shown and ended."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        row = Session.objects.filter(session_key=hashed(self.session_key), expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str | None = None) -> bool:
        return Session.objects.filter(session_key=hashed(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(
            session_key=hashed(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            member_id=data.get("_auth_user_id"),
            workstation_id=data.get("workstation"),
            started_at=_moment(data.get("signed_in_at")),
            seen_at=_moment(data.get("seen_at")),
            browser=data.get("browser", ""),
        )

    def delete(self, session_key: str | None = None) -> None:
        Session.objects.filter(session_key=hashed(session_key or self.session_key)).delete()

    def encode(self, session_dict: dict[str, Any]) -> str:
        return base64.b64encode(secrets.seal(json.dumps(session_dict).encode(), row="staff_session")).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            held: dict[str, Any] = json.loads(secrets.unseal(base64.b64decode(session_data), row="staff_session"))
        except (InvalidTag, ValueError):
            return {}
        return held


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
