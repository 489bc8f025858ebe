"""What people type when they ask for something or hand it over."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from office.staff.models import Member
from office.staff.permissions import ROLE_LABELS, RoleName
from office.worklist.models import WorkItem

DUE = {
    "": "No time",
    "15": "In 15 minutes",
    "60": "In an hour",
    "today": "Today, by 5 PM",
    "tomorrow": "Tomorrow, by 5 PM",
    "week": "In a week",
}


def due_at(choice: str, now: datetime) -> datetime | None:
    """Return the moment that a choice of ``DUE`` means, in the zone of ``now``; an evening's today is in an hour."""
    if choice in {"15", "60"}:
        return now + timedelta(minutes=int(choice))
    days = {"today": 0, "tomorrow": 1, "week": 7}.get(choice)
    if days is None:
        return None
    five = datetime.combine(now.date() + timedelta(days=days), time(17), tzinfo=now.tzinfo)
    return max(five, now + timedelta(hours=1))


class WhomForm(forms.Form):
    """One choice of every role and everyone who works here: ``role:nurse`` or ``member:<id>``."""

    whom = forms.ChoiceField(label="For whom")

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        roles = [(f"role:{name.value}", label.split(" (")[0]) for name, label in ROLE_LABELS.items()]
        people = [(f"member:{key}", str(member)) for key, member in self.members.items()]
        choices = [("", "Choose"), ("Whoever is", roles), ("One person", people)]
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Member | None, RoleName | None]:
        """Return the person or the role that was chosen."""
        kind, _, value = self.cleaned_data["whom"].partition(":")
        return (self.members[value], None) if kind == "member" else (None, RoleName(value))


class HandOverForm(WhomForm):
    """To whom, and what they should know."""

    note = forms.CharField(label="What they should know", required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].label = "To whom"


class AskForm(WhomForm):
    """What is to be done, by whom, until when."""

    title = forms.CharField(label="What is to be done", max_length=160)
    note = forms.CharField(label="Details", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    due = forms.ChoiceField(label="Until", required=False, choices=list(DUE.items()))
    urgency = forms.TypedChoiceField(
        label="How urgent",
        coerce=int,
        choices=[(WorkItem.Urgency.ROUTINE.value, "Routine"), (1, "Today"), (0, "Now")],
        initial=WorkItem.Urgency.ROUTINE.value,
    )

    def request(self) -> dict[str, Any]:
        """Return what ``actions.ask`` takes."""
        member, role = self.chosen()
        return {
            "title": self.cleaned_data["title"],
            "note": self.cleaned_data["note"],
            "for_member": member,
            "for_role": role,
            "urgency": WorkItem.Urgency(self.cleaned_data["urgency"]),
            "due_at": due_at(self.cleaned_data["due"], timezone.localtime()),
        }
