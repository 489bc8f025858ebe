"""What an administrator types about the channels."""

from typing import Any

from django import forms

from office.inbox.models import Channel
from office.inbox.rules import ARRANGEMENTS, ChannelKind
from office.patients.phone_numbers import NotAPhoneNumber, read_phone

_DAY = {"type": "date"}


class ChannelForm(forms.Form):
    """Who carries a channel, and under which agreement; may be saved half done."""

    arrangement = forms.ChoiceField(label="Who carries it", required=False)
    vendor = forms.CharField(label="Vendor", max_length=80, required=False)
    address = forms.CharField(label="Number", max_length=254, required=False)
    agreement_on = forms.DateField(
        label="Business associate agreement from", required=False, widget=forms.DateInput(_DAY, "%Y-%m-%d")
    )
    agreement_kept = forms.CharField(label="The signed copy is kept", max_length=120, required=False)

    def __init__(self, *args: Any, channel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [Channel.Arrangement(one.value) for one in ARRANGEMENTS[ChannelKind(channel)]]
        choices = [("", "Not said yet"), *((one.value, one.label) for one in offered)]
        self.fields["arrangement"].choices = choices  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """Keep a number as E.164."""
        typed: str = self.cleaned_data["address"]
        try:
            return read_phone(typed) if typed else ""
        except NotAPhoneNumber as reason:
            raise forms.ValidationError(str(reason)) from reason


class TextForm(ChannelForm):
    """Texts: carriers want the sender registered."""

    sender = forms.ChoiceField(
        label="Kind of number", choices=[("", "Choose"), *Channel.Sender.choices], required=False
    )
    registration = forms.ChoiceField(label="Registration", choices=Channel.Registration.choices)
    registration_on = forms.DateField(label="Since", required=False, widget=forms.DateInput(_DAY, "%Y-%m-%d"))
    registration_number = forms.CharField(label="Campaign or verification number", max_length=60, required=False)


class EmailForm(ChannelForm):
    """E-mail: the address it comes from, and the server."""

    host = forms.CharField(label="Mail server (SMTP)", max_length=200, required=False)
    port = forms.IntegerField(label="Port", min_value=1, max_value=65_535, initial=587)
    security = forms.ChoiceField(label="Encryption", choices=Channel.Security.choices)
    user = forms.CharField(label="User", max_length=200, required=False)
    password = forms.CharField(label="Password", required=False, strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"] = forms.EmailField(label="Address it comes from", required=False)

    def clean_address(self) -> str:
        """An e-mail address stays as it is."""
        return str(self.cleaned_data["address"])


FORMS: dict[str, type[ChannelForm]] = {Channel.Kind.TEXT: TextForm, Channel.Kind.EMAIL: EmailForm}


class TestForm(forms.Form):
    """Where a test goes."""

    to = forms.EmailField(label="Send a test to")
