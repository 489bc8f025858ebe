"""One price."""

from decimal import Decimal
from typing import Any

from django import forms

from office.billing.rules import fees as rules
from office.core.tables.values import NotAValue, money
from office.practice.rules import PLACES_OF_SERVICE

_A_DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")


class FeeForm(forms.Form):
    """What a line costs from a day on."""

    code = forms.CharField(label="Code", max_length=20)
    modifiers = forms.CharField(label="Modifiers", max_length=20, required=False)
    place_of_service = forms.ChoiceField(
        label="Place of service",
        choices=[("", "Anywhere"), *((code, f"{code} {words}") for code, words in PLACES_OF_SERVICE.items())],
        required=False,
    )
    words = forms.CharField(label="What we call it", max_length=200, required=False)
    amount = forms.CharField(label="Price of one unit", max_length=20)
    starts_on = forms.DateField(label="Holds from", widget=_A_DAY)
    ends_on = forms.DateField(label="Last day", required=False, widget=_A_DAY)

    def __init__(self, *args: Any, place: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if place and place not in PLACES_OF_SERVICE:
            # A table may price a place at which this office does not work.
            self.fields["place_of_service"].choices += [(place, place)]  # type: ignore[attr-defined]

    def clean_amount(self) -> int:
        """Return cents."""
        try:
            amount: Decimal = money(self.cleaned_data["amount"])
        except NotAValue as fault:
            raise forms.ValidationError("This is no amount. Type it as 145.00.") from fault
        cents = int(amount * 100)
        if objection := rules.objection_to_amount(cents):
            raise forms.ValidationError(f"{objection}.")
        return cents

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        code, behind = rules.code_of(typed.get("code", ""))
        typed["code"], typed["modifiers"] = code, rules.modifiers_of(behind, typed.get("modifiers", ""))
        if code and (objection := rules.objection_to_code(code)):
            self.add_error("code", f"{objection}.")
        if objection := rules.objection_to_modifiers(typed["modifiers"]):
            self.add_error("modifiers", f"{objection}.")
        return typed

    def said(self) -> dict[str, Any]:
        """Return what the action takes."""
        typed = dict(self.cleaned_data)
        typed["amount_cents"] = typed.pop("amount")
        return typed
