"""Pictures as people and attackers send them."""

from io import BytesIO

from PIL import Image

from office.core.files import PICTURE_BYTES

PLACE = b"12 Alder Street"


def jpeg(color: str = "teal", size: tuple[int, int] = (60, 40)) -> bytes:
    """A photo that says where it was taken, in its EXIF and in a comment."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    written = BytesIO()
    Image.new("RGB", size, color).save(written, "JPEG", exif=exif, comment=PLACE)
    return written.getvalue()


def polyglot() -> bytes:
    """A picture that a browser could read as a page as well."""
    return jpeg() + b"<html><script>alert(1)</script></html>"


NO_PICTURES = {
    "a page": b"<html><script>alert(1)</script></html>",
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "a PDF": b"%PDF-1.7 not a card",
    "half a photo": jpeg()[:300],
    "too large": jpeg() + bytes(PICTURE_BYTES),
}
