"""What an administrator types about the practice."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms

from office.core.week_form import WeekForm
from office.practice import rules
from office.practice.models import Location, Room

_STATES = [("", "Choose"), *rules.STATES.items()]
_ZONES = [(name, f"{words} ({name})") for name, words in rules.ZONES.items()]


class _Numbers(forms.Form):
    """Brings numbers into the shape in which they are kept, and asks the rules about each."""

    shapes: ClassVar[dict[str, Callable[[str], str]]] = {
        "tin": rules.digits_of,
        "npi": rules.digits_of,
        "taxonomy": lambda text: text.strip().upper(),
        "clia_number": lambda text: rules.digits_of(text).upper(),
        "postal_code": rules.zip_of,
        "pay_to_postal_code": rules.zip_of,
    }

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for name in self.shapes.keys() & typed.keys():
            typed[name] = self.shapes[name](typed[name])
            if typed[name] and (objection := rules.OBJECTIONS[name](typed[name])):
                self.add_error(name, objection)
        return typed


class PracticeForm(_Numbers):
    """The practice as payers know it. Nothing but the name is required: it may be saved half done."""

    name = forms.CharField(label="Name patients know", max_length=120)
    legal_name = forms.CharField(label="Legal name", max_length=120, required=False)
    tin = forms.CharField(label="Tax number (TIN)", max_length=20, required=False)
    npi = forms.CharField(label="Organization NPI", max_length=20, required=False)
    taxonomy = forms.CharField(label="Taxonomy", max_length=10, required=False)
    phone = forms.CharField(label="Main phone", max_length=20, required=False)
    line = forms.CharField(label="Street (no P.O. box)", max_length=120, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    state = forms.ChoiceField(label="State", choices=_STATES, required=False)
    postal_code = forms.CharField(label="ZIP+4", max_length=11, required=False)
    pay_to_line = forms.CharField(label="Street or P.O. box", max_length=120, required=False)
    pay_to_city = forms.CharField(label="City", max_length=80, required=False)
    pay_to_state = forms.ChoiceField(label="State", choices=_STATES, required=False)
    pay_to_postal_code = forms.CharField(label="ZIP+4", max_length=11, required=False)
    zone = forms.ChoiceField(label="Time zone", choices=_ZONES)
    opens_on = forms.DateField(
        label="First day with patients here", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def clean_line(self) -> str:
        """A payer sends claims back whose billing address is a box (X12 837P guide, 2010AA N301)."""
        line: str = self.cleaned_data["line"]
        if re.match(r"\s*(p\.?\s*o\.?\s*box|post office box)\b", line, re.IGNORECASE):
            raise forms.ValidationError("Payers want a street here. A P.O. box goes into the pay-to address below.")
        return line


class LocationForm(_Numbers):
    """A site: its names, address and clock."""

    name = forms.CharField(label="Name", max_length=120)
    short_name = forms.CharField(label="Short name", max_length=40)
    phone = forms.CharField(label="Phone", max_length=20, required=False)
    line = forms.CharField(label="Street", max_length=120, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    state = forms.ChoiceField(label="State", choices=_STATES, required=False)
    postal_code = forms.CharField(label="ZIP code", max_length=11, required=False)
    zone = forms.ChoiceField(label="Time zone", choices=_ZONES)
    place_of_service = forms.ChoiceField(
        label="Place of service", choices=[(code, f"{code} {words}") for code, words in rules.PLACES_OF_SERVICE.items()]
    )
    clia_number = forms.CharField(
        label="CLIA number", max_length=12, required=False, help_text="Empty when no test is done here."
    )


class LaterForm(forms.Form):
    """Until when a card waits."""

    until = forms.DateField(label="Ask again on", widget=forms.DateInput({"type": "date"}))


class RoomForm(forms.Form):
    """A room."""

    name = forms.CharField(label="New room", max_length=40)
    kind = forms.ChoiceField(label="Kind", choices=Room.Kind.choices)


class WorkstationForm(forms.Form):
    """The computer at which one sits."""

    name = forms.CharField(label="This computer's name", max_length=60)


class HoursForm(WeekForm):
    """Door hours of a week."""

    def __init__(self, *args: Any, location: Location, **kwargs: Any) -> None:
        kept = [(hours.weekday, hours.opens, hours.closes) for hours in location.door_hours.all()]
        super().__init__(*args, kept=kept, **kwargs)
