"""Pictures of the demo's insurance cards: the payer's and the plan's name on a card that says it is invented."""

from PIL import Image, ImageDraw, ImageFont

from office.core import files

INVENTED = "Demo office: an invented card"
_SIZE = (856, 540)
_PAPER, _INK, _BAND = "#eef2f4", "#2d3a42", "#9fb2bb"


def pictures_of(payer: str, plan: str) -> dict[str, str]:
    """Return the names in core.files of the card's front and back."""
    front = [
        (40, 40, 44, payer),
        (40, 100, 30, plan),
        (40, 420, 26, "Member and group as typed"),
        (40, 460, 26, INVENTED),
    ]
    back = [(40, 190, 28, "Providers: send claims to"), (40, 230, 28, payer), (40, 460, 26, INVENTED)]
    return {"front": files.store(_drawn(front, band=None)), "back": files.store(_drawn(back, band=(60, 140)))}


def _drawn(lines: list[tuple[int, int, int, str]], *, band: tuple[int, int] | None) -> bytes:
    card = Image.new("RGB", _SIZE, _PAPER)
    pen = ImageDraw.Draw(card)
    if band:
        pen.rectangle((0, band[0], _SIZE[0], band[1]), fill=_BAND)
    for x, y, size, text in lines:
        pen.text((x, y), text, fill=_INK, font=ImageFont.load_default(size))
    return files.jpeg(card)
