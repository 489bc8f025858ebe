"""What an administrator types about the practice."""

from datetime import time
from typing import Any

from django import forms

from office.practice.models import Location, Room, Weekday


class LocationForm(forms.Form):
    """A site: its names, address and clock."""

    name = forms.CharField(label="Name", max_length=120)
    short_name = forms.CharField(label="Short name", max_length=40)
    phone = forms.CharField(label="Phone", max_length=20, required=False)
    line = forms.CharField(label="Street", max_length=120, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    state = forms.CharField(label="State", max_length=2, required=False)
    postal_code = forms.CharField(label="ZIP code", max_length=10, required=False)
    zone = forms.CharField(label="Time zone", max_length=60, initial="America/New_York")


class RoomForm(forms.Form):
    """A room."""

    name = forms.CharField(label="New room", max_length=40)
    kind = forms.ChoiceField(label="Kind", choices=Room.Kind.choices)


class WorkstationForm(forms.Form):
    """The computer at which one sits."""

    name = forms.CharField(label="This computer's name", max_length=60)


class HoursForm(forms.Form):
    """Door hours of a week: two stretches a day, or more where more are kept."""

    def __init__(self, *args: Any, location: Location, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept: dict[int, list[tuple[time, time]]] = {day: [] for day in Weekday.values}
        for hours in location.door_hours.all():
            kept[hours.weekday].append((hours.opens, hours.closes))
        self.stretches = max(2, *(len(of_day) for of_day in kept.values()))
        for day in Weekday:
            for n in range(self.stretches):
                pair = kept[day.value][n] if n < len(kept[day.value]) else (None, None)
                for word, value in zip(("opens", "closes"), pair, strict=True):
                    label = f"{day.label} {word}{' again' if n else ''}"
                    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
                    self.fields[f"{word}_{day.value}_{n}"] = forms.TimeField(
                        label=label, required=False, initial=value, widget=widget
                    )

    def clean(self) -> dict[str, Any]:
        """Keep the stretches as ``hours``; each needs both its times."""
        typed = super().clean() or {}
        hours = []
        for day in Weekday:
            for n in range(self.stretches):
                opens, closes = typed.get(f"opens_{day.value}_{n}"), typed.get(f"closes_{day.value}_{n}")
                if (opens is None) != (closes is None):
                    self.add_error(f"closes_{day.value}_{n}", "Say when it opens and when it closes.")
                elif opens is not None:
                    hours.append((day.value, opens, closes))
        return {"hours": hours}
