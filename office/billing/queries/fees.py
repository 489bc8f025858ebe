"""Looking prices up."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from office.billing.models import Fee
from office.billing.rules.fees import code_of
from office.core.wiring import SetUpPart

MOST = 200


@dataclass(frozen=True)
class Standing:
    """How the prices stand on a day: how many hold, how many begin later, and what is about to end with no next one."""

    hold: int
    begin_later: int
    end_soon: int
    newest_on: date | None


def standing(today: date) -> Standing:
    """Return how the prices stand today."""
    holding = Fee.objects.in_force(today)
    later = Fee.objects.filter(starts_on__gt=today)
    following = Fee.objects.filter(
        code=OuterRef("code"),
        modifiers=OuterRef("modifiers"),
        place_of_service=OuterRef("place_of_service"),
        starts_on__gt=OuterRef("starts_on"),
    )
    ending = holding.filter(~Exists(following), ends_on__lt=today + timedelta(days=30))
    newest = Fee.objects.order_by("-starts_on").values_list("starts_on", flat=True).first()
    return Standing(holding.count(), later.count(), ending.count(), newest)


def look_up(text: str, on: date) -> list[Fee]:
    """Return the prices that hold on the day, of codes that begin so or are called so."""
    holding = Fee.objects.in_force(on)
    code, modifiers = code_of(text)
    if text.strip():
        holding = holding.filter(Q(code__startswith=code) | Q(words__icontains=text.strip()))
    if modifiers:
        holding = holding.filter(modifiers__startswith=modifiers)
    return list(holding[:MOST])


def history_of(fee: Fee) -> list[Fee]:
    """Return every price of the line, the latest first."""
    return list(Fee.objects.filter(code=fee.code, modifiers=fee.modifiers, place_of_service=fee.place_of_service))


def fee_parts() -> list[SetUpPart]:
    """Prices that hold on the day the office opens."""
    now = standing(timezone.localdate())
    url = reverse("billing:fees")
    why = f"No price holds today; {now.begin_later} begin later." if now.begin_later else "No fee schedule yet."
    return [
        SetUpPart("fee schedule", bool(now.hold), "What is done has no price", why, url, works="Price what is done"),
        SetUpPart(
            "prices that end",
            not now.end_soon,
            f"{now.end_soon} price{'s end' if now.end_soon != 1 else ' ends'} within 30 days and nothing follows",
            "Load the next fee schedule, or set the prices.",
            url,
        ),
    ]
