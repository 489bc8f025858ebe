"""Numbers that others gave the patient."""

from django import forms

from office.patients.actions.identifiers import Reason
from office.patients.models import Identifier

REASONS = {
    Reason.CLAIM: "A claim asks for it",
    Reason.ELIGIBILITY: "To check insurance",
    Reason.RECORDS: "A records request names it",
    Reason.SAME_PERSON: "To tell two people apart",
}


class IdentifierForm(forms.Form):
    """A number, its kind, and who gave it."""

    kind = forms.ChoiceField(label="Kind", choices=Identifier.Kind.choices)
    value = forms.CharField(
        label="Number", max_length=120, help_text="A social security number is sealed; only its last four digits show.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    system = forms.CharField(label="Given by", max_length=200, required=False)


class RevealForm(forms.Form):
    """Why the whole number is needed."""

    reason = forms.ChoiceField(label="Why you need it", choices=[(one.value, words) for one, words in REASONS.items()])
