"""What an administrator types about the people who work here."""

from collections.abc import Iterable
from typing import Any

from django import forms

from office.practice.models import Location
from office.staff.permissions import ROLE_LABELS, RoleName


class NameForm(forms.Form):
    """What a person is called, and where they are written to."""

    given_name = forms.CharField(label="First name", max_length=60)
    family_name = forms.CharField(label="Last name", max_length=60)
    email = forms.EmailField(label="Email", required=False)


class NewMemberForm(NameForm):
    """A person, and the name under which they sign in for as long as they work here."""

    username = forms.CharField(
        label="User name", max_length=40, help_text="Plain letters, digits, points or dashes. It cannot be changed."
    )


class RoleForm(forms.Form):
    """A role, at one location or everywhere."""

    name = forms.ChoiceField(label="Role", choices=[("", "Choose"), *((n.value, w) for n, w in ROLE_LABELS.items())])
    location = forms.ChoiceField(label="Where", required=False)

    def __init__(self, *args: Any, locations: Iterable[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in locations}
        choices = [("", "Everywhere"), *((key, place.name) for key, place in self.places.items())]
        self.fields["location"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> tuple[RoleName, Location | None]:
        """Return the role and where it holds; None is everywhere."""
        return RoleName(self.cleaned_data["name"]), self.places.get(self.cleaned_data["location"])
