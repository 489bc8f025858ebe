"""Paper: a typst template of an area and data as JSON become a PDF, with no browser and no network.

A template is ``office/<area>/prints/<name>.typ`` and begins with ``#let data = json(bytes(sys.inputs.data))``.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

FOREIGN = re.compile(r"""(?:import|include)\s*["']@""")


class Unprintable(Exception):
    """The template itself is at fault; the message names it and holds nothing of the data."""


def pdf(area: str, name: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of ``office/<area>/prints/<name>.typ``. Dates travel as ISO texts.

    Raises Unprintable for a missing or faulty template, or one that would fetch a package from the network.
    """
    folder = Path(settings.ROOT) / "office" / area / "prints"
    source = folder / f"{name}.typ"
    if not source.is_file():
        raise Unprintable(f"There is no template {area}/{name}.")
    if any(FOREIGN.search(text.read_text(encoding="utf-8")) for text in folder.glob("*.typ")):
        raise Unprintable(f"A template of {area} asks for a package from the network.")
    try:
        made = typst.Compiler(source, root=folder, ignore_system_fonts=True).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, default=_plain)},
            pdf_standards="ua-1",
            timestamp=timezone.now().replace(microsecond=0),
        )
    except typst.TypstError as fault:
        # The fault's own words quote the data.
        raise Unprintable(f"The template {area}/{name} could not be set.") from fault
    if not isinstance(made, bytes):
        raise Unprintable(f"The template {area}/{name} gave no PDF.")
    return made


def answer(made: bytes, filename: str) -> HttpResponse:
    """Return the PDF to be shown in the browser under a name that tells nothing of a patient."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    return response


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
