"""The hours of a usual week in a form: two stretches a day, or more where more are kept."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Stretch = tuple[int, time, time]


class WeekForm(forms.Form):
    """``kept`` are (weekday as date.weekday(), opens, closes); what was typed comes back so, as ``hours``."""

    def __init__(self, *args: Any, kept: Iterable[Stretch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_day: dict[int, list[tuple[time, time]]] = {day: [] for day in range(7)}
        for weekday, opens, closes in sorted(kept):
            by_day[weekday].append((opens, closes))
        self.stretches = max(2, *(len(of_day) for of_day in by_day.values()))
        for day, label in enumerate(DAYS):
            for n in range(self.stretches):
                pair = by_day[day][n] if n < len(by_day[day]) else (None, None)
                for word, value in zip(("opens", "closes"), pair, strict=True):
                    self.fields[f"{word}_{day}_{n}"] = forms.TimeField(
                        label=f"{label} {word}{' again' if n else ''}",
                        required=False,
                        initial=value,
                        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
                    )

    @property
    def days(self) -> list[tuple[str, list[Any]]]:
        """Each weekday with its fields, for a page that sets them in rows."""
        fields = [f"{word}_{{day}}_{n}" for n in range(self.stretches) for word in ("opens", "closes")]
        return [(label, [self[name.format(day=day)] for name in fields]) for day, label in enumerate(DAYS)]

    def clean(self) -> dict[str, Any]:
        """Keep the stretches as ``hours``; each needs both its times."""
        typed = super().clean() or {}
        hours = []
        for day in range(7):
            for n in range(self.stretches):
                opens, closes = typed.get(f"opens_{day}_{n}"), typed.get(f"closes_{day}_{n}")
                if (opens is None) != (closes is None):
                    self.add_error(f"closes_{day}_{n}", "Say when it opens and when it closes.")
                elif opens is not None and closes is not None:
                    hours.append((day, opens, closes))
        return {**typed, "hours": hours}
