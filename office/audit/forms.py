"""The question that the audit report answers."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from office.audit.models import Entry
from office.audit.queries import COLUMNS, Question, actors, verbs

DAYS_AT_FIRST = 7


class QuestionForm(forms.Form):
    """Filters and order of the report. A patient is given by key, never by name, since this travels in the address."""

    who = forms.ChoiceField(label="Person", required=False)
    what = forms.ChoiceField(label="What", required=False)
    outcome = forms.ChoiceField(
        label="Outcome",
        required=False,
        choices=[("", "All"), (Entry.Outcome.DONE.value, "Done"), (Entry.Outcome.REFUSED.value, "Refused")],
    )
    since = forms.DateField(label="From", required=False, input_formats=["%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d"])
    until = forms.DateField(label="To", required=False, input_formats=["%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d"])
    patient = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in COLUMNS], widget=forms.HiddenInput)
    order = forms.ChoiceField(required=False, choices=[("down", "down"), ("up", "up")], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, things = self.fields["who"], self.fields["what"]
        people.choices = [("", "All"), *actors()]  # type: ignore[attr-defined]
        things.choices = [("", "All"), *((verb, verb) for verb in verbs())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("since") and told.get("until") and told["since"] > told["until"]:
            self.add_error("until", "The last day is before the first. Swap the two.")
        return told

    def question(self) -> Question:
        """Return the question of a valid form; both days are in."""
        told = self.cleaned_data
        return Question(
            patient_id=told["patient"],
            actor_id=told["who"],
            verb=told["what"],
            outcome=told["outcome"],
            since=_midnight(told["since"]),
            until=_midnight(told["until"] + timedelta(days=1)) if told["until"] else None,
            sort=told["sort"] or "when",
            is_descending=told["order"] != "up",
        )


def at_first() -> dict[str, str]:
    """The question before anyone asked: the last seven days."""
    since = timezone.localdate() - timedelta(days=DAYS_AT_FIRST - 1)
    return {"since": f"{since:%m/%d/%Y}"}


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
