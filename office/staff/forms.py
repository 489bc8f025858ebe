"""What an administrator types about the people who work here."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from office.practice.models import Location
from office.practice.rules import OBJECTIONS, STATES, digits_of
from office.staff.models import Member, Provider
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


class NewProviderForm(forms.Form):
    """Someone patients are booked with: one of the staff, or a new name."""

    member = forms.ChoiceField(label="One of the staff", required=False)
    given_name = forms.CharField(label="or first name", max_length=60, required=False)
    family_name = forms.CharField(label="Last name", max_length=60, required=False)
    credential = forms.CharField(label="Credential", max_length=20, required=False, help_text="MD, DO, NP, PA-C, RN")

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.pk): one for one in members}
        choices = [("", "Nobody yet"), *((key, str(one)) for key, one in self.members.items())]
        self.fields["member"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if member := self.members.get(typed.get("member", "")):
            return {**typed, "member": member, "given_name": member.given_name, "family_name": member.family_name}
        if not typed.get("given_name") or not typed.get("family_name"):
            self.add_error("family_name", "Choose one of the staff, or type first and last name.")
        return {**typed, "member": None}


class ProviderForm(forms.Form):
    """A provider's own numbers and license, and which new patients they take; may be saved half done."""

    given_name = forms.CharField(label="First name", max_length=60)
    family_name = forms.CharField(label="Last name", max_length=60)
    credential = forms.CharField(label="Credential", max_length=20, required=False)
    npi = forms.CharField(label="Individual NPI", max_length=20, required=False)
    taxonomy = forms.CharField(label="Taxonomy", max_length=10, required=False)
    supervisor = forms.ChoiceField(label="Supervisor", required=False)
    license_state = forms.ChoiceField(label="State", choices=[("", "Choose"), *STATES.items()], required=False)
    license_number = forms.CharField(label="License number", max_length=40, required=False)
    license_until = forms.DateField(
        label="Good until", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    takes_new_patients = forms.BooleanField(label="Takes new patients", required=False)
    new_from_age = forms.IntegerField(label="New patients from age", required=False, min_value=0, max_value=120)
    new_to_age = forms.IntegerField(label="up to age", required=False, min_value=0, max_value=120)

    def __init__(self, *args: Any, others: Iterable[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        choices = [("", "Nobody"), *((key, str(one)) for key, one in self.others.items())]
        self.fields["supervisor"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        typed["npi"] = digits_of(typed.get("npi", ""))
        typed["taxonomy"] = typed.get("taxonomy", "").strip().upper()
        for name in ("npi", "taxonomy"):
            if typed[name] and (objection := OBJECTIONS[name](typed[name])):
                self.add_error(name, objection)
        youngest, oldest = typed.get("new_from_age"), typed.get("new_to_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("new_to_age", "This is younger than the age before it.")
        given = [name for name in LICENSE if typed.get(name)]
        for name in LICENSE if given and len(given) < len(LICENSE) else ():
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, "A license has a state, a number and a last day.")
        return typed

    def parts(self, fits: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what fits as the provider's own fields and, when it is whole, as a license."""
        own = {name: value for name, value in fits.items() if name not in LICENSE}
        if "supervisor" in own:
            own["supervisor"] = self.others.get(own["supervisor"])
        whole = all(fits.get(name) for name in LICENSE)
        return own, {name.removeprefix("license_"): fits[name] for name in LICENSE} if whole else {}


#: The fields of a license, which only count together.
LICENSE = ("license_state", "license_number", "license_until")


class AddKeyForm(AddWebAuthnForm):
    """A key signs in alone unless its owner says otherwise: it asks for a finger, a face or a PIN itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What you call it"
        self.fields["passwordless"].label = "Sign in with this key alone"
        self.fields["passwordless"].help_text = "Leave it off for an old key without a PIN of its own."
        self.fields["passwordless"].initial = True
