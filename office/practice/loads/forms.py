"""A table to send, and what its columns mean."""

from collections.abc import Sequence
from typing import Any

from django import forms

from office.core.tables.columns import Shape
from office.practice.loads.kinds import Kind, kinds

_ORDERS = (("month_first", "month first"), ("day_first", "day first"))
_DATED = {Shape.DATE, Shape.MOMENT}


class UploadForm(forms.Form):
    """A file, and what it holds."""

    kind = forms.ChoiceField(label="What it holds")
    file = forms.FileField(label="File", help_text="CSV or Excel (.xlsx), up to 100 MB, as the old system gave it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.name, kind.label) for kind in kinds().values()]  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """One choice for each column: a field of ours, with the order of its dates, or left out."""

    def __init__(self, *args: Any, kind: Kind, columns: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for place, column in enumerate(columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column["name"],
                choices=[("", "Leave out"), *_choices(kind, with_order=column["is_dated"])],
                initial=column["becomes"],
                required=False,
                widget=forms.Select(attrs={"class": "input", "aria-label": f"{column['name']} becomes"}),
            )

    def chosen(self) -> dict[str, str | None]:
        """Return {theirs: ours or None} for every column whose meaning was changed."""
        return {
            column["name"]: self.cleaned_data[f"column_{place}"] or None
            for place, column in enumerate(self.columns)
            if self.cleaned_data[f"column_{place}"] != column["becomes"] or column["is_chosen"]
        }

    def rows(self) -> list[tuple[dict[str, Any], forms.BoundField]]:
        return [(column, self[f"column_{place}"]) for place, column in enumerate(self.columns)]


def _choices(kind: Kind, *, with_order: bool) -> list[tuple[str, str]]:
    found = []
    for field in kind.fields:
        found.append((field.name, field.label))
        if field.shape in _DATED and with_order:
            found += [(f"{field.name}:{order}", f"{field.label}, {words}") for order, words in _ORDERS]
    return found
