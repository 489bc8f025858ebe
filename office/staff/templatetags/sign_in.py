"""What a sign-in page shows before anybody is known: the practice, the workstation, the people who use it."""

from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from office.core.words import clock_words
from office.practice.queries import practice, workstation_of
from office.staff.models import Member
from office.staff.queries import people_of

register = template.Library()


@register.inclusion_tag("staff/practice_head.html", takes_context=True)
def practice_head(context: template.Context) -> dict[str, Any]:
    """The practice's name, the workstation's when it is known, and the day and time there."""
    office = practice()
    workstation = workstation_of(context["request"].COOKIES.get("workstation", ""))
    zone = workstation.location.zone if workstation else office.zone if office else "UTC"
    now = timezone.localtime(timezone.now(), ZoneInfo(zone))
    name = office.name if office else "Frontdesk"
    return {"name": name, "workstation": workstation, "now": f"{now:%A} {clock_words(now)}"}


@register.simple_tag(takes_context=True)
def known_people(context: template.Context) -> list[Member]:
    """The people of this workstation; nobody on an unknown one, or when somebody else wants to sign in."""
    request = context["request"]
    if "someone" in request.GET:
        return []
    return people_of(workstation_of(request.COOKIES.get("workstation", "")))
