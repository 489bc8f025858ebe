"""What a notice may say: the first name, the practice, the time; nothing of the visit."""

from datetime import datetime


def notice(kind: str, *, first_name: str, practice: str, at: datetime, phone: str) -> str:
    """Return the words of a notice. ``kind`` is booked, moved or canceled; ``at`` is in the location's time."""
    when = f"{at:%A, %B} {at.day} at {at.strftime('%I:%M %p').lstrip('0')}"
    call = f" Questions: {phone}." if phone else ""
    said = {
        "booked": f"your appointment is {when}.",
        "moved": f"your appointment is now {when}.",
        "canceled": f"your appointment of {when} is canceled.",
    }[kind]
    return f"{practice}: {first_name or 'Hello'}, {said}{call}"
