"""Other names, what ends, deaths, restrictions and reviews; the fields are named as the actions take them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from office.patients.forms.fields import TypedDateField
from office.patients.models import EmergencyAccess, Name
from office.staff.models import Member

WHY = forms.Textarea(attrs={"rows": 2})


class NameForm(forms.Form):
    """Another name by which the patient is found."""

    kind = forms.ChoiceField(label="Kind", choices=Name.Kind.choices)
    family_name = forms.CharField(label="Family name", max_length=80)
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    until_on = TypedDateField(label="Until", required=False, help_text="For a name of the past, when the day is known.")


class NameEndForm(forms.Form):
    """Until when the patient had the name."""

    until_on = TypedDateField(label="Until", help_text="The name stays findable.")


class EndForm(forms.Form):
    """From when something counts no more, and why."""

    on = TypedDateField(label="From")
    reason = forms.CharField(label="Why", max_length=200)


class DeathForm(forms.Form):
    """The day, when it is known."""

    died_on = TypedDateField(label="Day of death", required=False, help_text="Empty when it is not known.")


class TakeBackForm(forms.Form):
    """How a mistake was found."""

    reason = forms.CharField(label="How the mistake was found", max_length=300, widget=WHY)


class _Readers(forms.Form):
    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        for name in ("readers", "member"):
            if name in self.fields:
                self.fields[name].choices = [(key, str(one)) for key, one in self._members.items()]  # type: ignore[attr-defined]


class RestrictForm(_Readers):
    """Why a chart is closed, and to whom it stays open."""

    reason = forms.CharField(label="Why this chart is restricted", max_length=300, widget=WHY)
    readers = forms.MultipleChoiceField(
        label="Who may read it", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Everyone else needs emergency access, which you review.",
    )  # fmt: skip

    def clean_readers(self) -> list[Member]:
        return [self._members[key] for key in self.cleaned_data["readers"]]


class ReaderForm(_Readers):
    """One more who may read it."""

    member = forms.ChoiceField(label="Add someone who may read it")

    def clean_member(self) -> Member:
        return self._members[self.cleaned_data["member"]]


class LiftForm(forms.Form):
    """Why a restriction ends."""

    reason = forms.CharField(label="Why everyone may open it again", max_length=300, widget=WHY)


class ReviewForm(forms.Form):
    """What the privacy officer found."""

    finding = forms.ChoiceField(label="Finding", choices=EmergencyAccess.Finding.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Note", max_length=500, required=False, widget=WHY,
        help_text="Needed when it was not justified: why, and what follows.",
    )  # fmt: skip
