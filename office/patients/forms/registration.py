"""Registration on one page, and the particulars that a correction changes."""

from typing import Any

from django import forms

from office.patients.actions.registration import Guarantor, Particulars, Reach
from office.patients.forms.fields import BirthDateField, PhoneField
from office.patients.models import Consent, Name, Patient
from office.patients.queries.duplicates import Typed
from office.patients.rules.languages import LANGUAGES, language_name

MESSAGES = {
    "": "Not asked yet",
    "text voicemail": "Text and voicemail",
    "text": "Text only",
    "voicemail": "Voicemail only",
    "none": "No messages",
}


class ParticularsForm(forms.Form):
    """Who someone is."""

    family_name = forms.CharField(label="Family name", max_length=80)
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    middle_name = forms.CharField(label="Middle", max_length=80, required=False)
    called = forms.CharField(label="Called", max_length=80, required=False)
    birth_date = BirthDateField(label="Birth date", required=False)
    sex = forms.ChoiceField(label="Sex on the insurance card", choices=Patient.Sex.choices, initial="U")
    language = forms.ChoiceField(label="Language", choices=list(LANGUAGES.items()), initial="en")
    pronouns = forms.CharField(label="Pronouns", max_length=40, required=False)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)

    def particulars(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ParticularsForm.base_fields}


class CorrectionForm(ParticularsForm):
    """What a correction changes, as seen at a version, and whether the old name stays findable."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    custody_note = forms.CharField(label="Custody, and who may bring or consent", max_length=300, required=False)
    keep_old_name = forms.ChoiceField(
        label="The name until now",
        required=False,
        choices=[("", "Was a slip, forget it"), *((kind.value, f"Keep as: {kind.label}") for kind in Name.Kind)],
        initial=Name.Kind.FORMER,
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if patient.language not in LANGUAGES:
            extra = [(patient.language, language_name(patient.language)), *LANGUAGES.items()]
            self.fields["language"].choices = extra  # type: ignore[attr-defined]


class RegistrationForm(ParticularsForm):
    """Everything on the registration page. ``different`` holds why each chart that looks alike is someone else."""

    is_unnamed_newborn = forms.BooleanField(label="Newborn without a name yet", required=False)
    phone = PhoneField(label="Cell phone", required=False)
    email = forms.EmailField(label="E-mail", required=False)
    messages = forms.ChoiceField(label="Messages", choices=list(MESSAGES.items()), required=False)
    line = forms.CharField(label="Street", max_length=160, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    state = forms.CharField(label="State", max_length=2, required=False)
    postal_code = forms.CharField(label="ZIP", max_length=12, required=False)
    payer = forms.CharField(label="Insurer", max_length=120, required=False)
    plan = forms.CharField(label="Plan", max_length=120, required=False)
    member_id = forms.CharField(label="Member ID", max_length=40, required=False)
    group_number = forms.CharField(label="Group", max_length=40, required=False)
    guarantor_name = forms.CharField(label="Responsible party, when someone else", max_length=160, required=False)
    guarantor_relationship = forms.CharField(label="Relationship", max_length=40, required=False)
    guarantor_phone = PhoneField(label="Their phone", required=False)
    different = forms.CharField(
        label="Different person, because", max_length=200, required=False, help_text="Asked once, kept on the chart."
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("member_id") and not values.get("payer"):
            self.add_error("payer", "Which insurer is this member ID of?")
        if values.get("payer") and not values.get("member_id"):
            self.add_error("member_id", "The member ID is needed. It is on the card.")
        if values.get("guarantor_name") and not values.get("guarantor_relationship"):
            self.add_error("guarantor_relationship", "How are they related?")
        return values

    def typed(self) -> Typed:
        """Return what is known so far, whatever else is still wrong."""
        values = self.cleaned_data
        names = ("family_name", "given_name", "birth_date", "phone", "line", "city", "state", "postal_code")
        return Typed(**{name: values[name] for name in names if values.get(name)})

    def who(self) -> Particulars:
        return Particulars(**self.particulars(), is_unnamed_newborn=self.cleaned_data["is_unnamed_newborn"])

    def reach(self) -> Reach:
        values, asked = self.cleaned_data, self.cleaned_data["messages"]
        kinds = (Consent.Kind.TEXT, Consent.Kind.VOICEMAIL) if asked else ()
        place = {name: values[name] for name in ("phone", "email", "line", "city", "state", "postal_code")}
        return Reach(**place, consents={kind: kind.value in asked.split() for kind in kinds})

    def guarantor(self) -> Guarantor | None:
        values = self.cleaned_data
        if not values["guarantor_name"]:
            return None
        return Guarantor(values["guarantor_name"], values["guarantor_relationship"], values["guarantor_phone"])
