"""Insurance as the card has it."""

from typing import Any

from django import forms

from office.patients.forms.fields import BirthDateField, DollarsField, TypedDateField
from office.patients.forms.pictures import PictureField
from office.patients.models import Coverage

PLACES = [("", "After what is there"), (1, "First"), (2, "Second"), (3, "Third")]


class CoverageForm(forms.Form):
    """What covers the patient, in which place, and who the subscriber is."""

    payer = forms.CharField(label="Insurer", max_length=120)
    plan = forms.CharField(label="Plan", max_length=120, required=False)
    member_id = forms.CharField(label="Member ID", max_length=40)
    group_number = forms.CharField(label="Group", max_length=40, required=False)
    rank = forms.TypedChoiceField(label="Pays", choices=PLACES, coerce=int, required=False, empty_value=None)
    copay_cents = DollarsField(label="Copay by the card", required=False)
    relation = forms.ChoiceField(label="Patient's relationship to subscriber", choices=Coverage.Relation.choices)
    subscriber_name = forms.CharField(label="Subscriber's name", max_length=160, required=False)
    subscriber_birth_date = BirthDateField(label="Subscriber's birth date", required=False)
    starts_on = TypedDateField(label="From", required=False)
    ends_on = TypedDateField(label="Until", required=False, help_text="The last day, when it is known.")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("relation") not in {None, Coverage.Relation.SELF} and not values.get("subscriber_name"):
            self.add_error("subscriber_name", "Whose insurance is it? The name is on the card.")
        return values


class NewCoverageForm(CoverageForm):
    """Insurance with the pictures of its card."""

    front = PictureField(label="Card, front", required=False)
    back = PictureField(label="Card, back", required=False)


class CoverageEndForm(forms.Form):
    """The last day that it covers."""

    ends_on = TypedDateField(label="Last day", help_text="It stays on the chart for the visits of its time.")
