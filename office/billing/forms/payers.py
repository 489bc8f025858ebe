"""A payer, the clearinghouse and its password, and where a provider stands with a payer."""

from typing import Any

from django import forms

from office.billing.models import Clearinghouse
from office.billing.rules import payers as rules
from office.billing.rules.enrollment import State
from office.patients.models import Payer
from office.practice.rules import STATES, objection_to_zip, zip_of

_CHOOSE = ("", "Choose")
_DATE = {"type": "date"}


class NewPayerForm(forms.Form):
    """A payer's name and what it is."""

    name = forms.CharField(label="Name, as the card has it", max_length=120)
    kind = forms.ChoiceField(label="Type", choices=[_CHOOSE, *Payer.Kind.choices])
    payer_code = forms.CharField(label="Payer ID", max_length=40, required=False)

    def clean_payer_code(self) -> str:
        return _payer_code(self.cleaned_data["payer_code"])


class PayerForm(forms.Form):
    """All that claims to a payer need; may be saved half done."""

    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Type", choices=[_CHOOSE, *Payer.Kind.choices], required=False)
    phone = forms.CharField(label="Provider line", max_length=20, required=False)
    payer_code = forms.CharField(label="Payer ID", max_length=40, required=False)
    filing_indicator = forms.ChoiceField(
        label="Claim-filing indicator",
        choices=[_CHOOSE, *((code, f"{code} {words}") for code, words in rules.FILING_INDICATORS.items())],
        required=False,
    )
    timely_filing_days = forms.IntegerField(label="Timely filing, days", required=False, min_value=1, max_value=1_095)
    timely_filing_source = forms.CharField(label="Where that is written", max_length=120, required=False)
    line = forms.CharField(label="Street or P.O. box", max_length=120, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    state = forms.ChoiceField(label="State", choices=[_CHOOSE, *STATES.items()], required=False)
    postal_code = forms.CharField(label="ZIP code", max_length=11, required=False)
    is_active = forms.BooleanField(label="We send claims to it", required=False)

    def clean_payer_code(self) -> str:
        return _payer_code(self.cleaned_data["payer_code"])

    def clean_postal_code(self) -> str:
        code = zip_of(self.cleaned_data["postal_code"])
        if code and (objection := objection_to_zip(code)):
            raise forms.ValidationError(objection)
        return code

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        days = typed.get("timely_filing_days")
        if objection := rules.objection_to_timely_filing(days, typed.get("timely_filing_source", "")):
            self.add_error("timely_filing_source", objection)
            # The limit is kept with its source or not at all.
            typed.pop("timely_filing_days", None)
        return typed


class JoinForm(forms.Form):
    """Which payer this one is only another name of."""

    into = forms.ModelChoiceField(Payer.objects.none(), label="This is only another name of", empty_label="Choose")

    def __init__(self, *args: Any, payer: Payer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Payer.objects.exclude(pk=payer.pk)  # type: ignore[attr-defined]


class ClearinghouseForm(forms.Form):
    """Who carries claims, and how; may be saved half done. The password is a form of its own and is never kept."""

    name = forms.CharField(label="Clearinghouse", max_length=120)
    submitter_id = forms.CharField(label="Submitter ID (we)", max_length=80, required=False)
    receiver_id = forms.CharField(label="Receiver ID (they)", max_length=80, required=False)
    connection = forms.ChoiceField(label="Connection", choices=Clearinghouse.Connection.choices)
    host = forms.CharField(label="Host", max_length=200, required=False)
    port = forms.IntegerField(label="Port", min_value=1, max_value=65_535)
    user_name = forms.CharField(label="User name", max_length=80, required=False)
    out_folder = forms.CharField(label="Folder to send from", max_length=200, required=False)
    in_folder = forms.CharField(label="Folder to fetch from", max_length=200, required=False)
    agreement_on = forms.DateField(
        label="Business associate agreement of", required=False, widget=forms.DateInput(_DATE, "%Y-%m-%d")
    )


class PasswordForm(forms.Form):
    """The password for the clearinghouse, which is not shown again."""

    password = forms.CharField(
        label="Password", max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )


class EnrollmentForm(forms.Form):
    """Where one provider, or every one, stands with a payer for a transaction."""

    state = forms.TypedChoiceField(
        label="State", choices=[(one.value, one.label) for one in State], coerce=State, widget=forms.RadioSelect
    )
    on = forms.DateField(label="On", required=False, widget=forms.DateInput(_DATE, "%Y-%m-%d"))
    note = forms.CharField(label="Their reference, or why they denied it", max_length=200, required=False)
    everyone = forms.BooleanField(label="The same for every provider", required=False)


def _payer_code(typed: str) -> str:
    code = typed.strip().upper()
    if code and (objection := rules.objection_to_payer_code(code)):
        raise forms.ValidationError(objection)
    return code
