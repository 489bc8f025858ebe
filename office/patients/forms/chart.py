"""What is added to a chart, one small form each; the fields are named as the actions take them."""

from django import forms

from office.patients.actions.chart import PLACES
from office.patients.forms.fields import BirthDateField, PhoneField, TypedDateField
from office.patients.models import Address, Consent, Telecom


class AlertForm(forms.Form):
    """What must not be missed, where, and until when."""

    text = forms.CharField(label="What must not be missed", max_length=200)
    places = forms.MultipleChoiceField(
        label="Where it shows",
        choices=list(zip(PLACES, ("Booking", "Check-in", "Rooming", "Billing"), strict=True)),
        widget=forms.CheckboxSelectMultiple,
    )
    is_serious = forms.BooleanField(label="Serious: shown first, in red", required=False)
    until_on = TypedDateField(label="Until", required=False, help_text="Empty: until someone ends it.")


class ContactForm(forms.Form):
    """Someone around the patient, and what they may know and do."""

    name = forms.CharField(label="Name", max_length=160)
    relationship = forms.CharField(label="Relationship", max_length=40)
    phone = PhoneField(label="Phone", required=False)
    birth_date = BirthDateField(label="Birth date", required=False)
    is_emergency_contact = forms.BooleanField(label="Emergency contact", required=False)
    is_guarantor = forms.BooleanField(label="Responsible party (guarantor)", required=False)
    is_proxy = forms.BooleanField(label="Speaks for the patient (proxy)", required=False)
    may_be_told = forms.CharField(
        label="May be told", max_length=200, required=False, help_text="Appointments, results, bills; empty: nothing."
    )
    may_bring = forms.BooleanField(label="May bring the minor", required=False)
    may_consent = forms.BooleanField(label="May consent to treatment of the minor", required=False)
    evidence = forms.CharField(label="Shown by", max_length=200, required=False, help_text="Form or order, and date.")


class TelecomForm(forms.Form):
    """A phone number or an e-mail address."""

    system = forms.ChoiceField(label="Kind", choices=Telecom.System.choices)
    value = forms.CharField(label="Number or address", max_length=254)
    use = forms.ChoiceField(label="Use", choices=Telecom.Use.choices)
    may_leave_message = forms.BooleanField(label="May leave a message", required=False)


class AddressForm(forms.Form):
    """Where the patient lives or gets mail."""

    use = forms.ChoiceField(label="Use", choices=[one for one in Address.Use.choices if one[0] != "old"])
    line = forms.CharField(label="Street", max_length=160, required=False)
    line2 = forms.CharField(label="Apartment, unit", max_length=160, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    state = forms.CharField(label="State", max_length=2, required=False)
    postal_code = forms.CharField(label="ZIP", max_length=12, required=False)


class ConsentForm(forms.Form):
    """What the patient agreed to or refused, and how they said so."""

    kind = forms.ChoiceField(label="About", choices=Consent.Kind.choices)
    is_given = forms.TypedChoiceField(
        label="Answer", choices=[("yes", "Yes"), ("no", "No")], coerce=lambda answer: answer == "yes"
    )
    how = forms.CharField(label="How", max_length=120, help_text="On paper, by phone, at the window.")


class ReasonForm(forms.Form):
    """Why, in words."""

    reason = forms.CharField(label="Why", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class MergeForm(forms.Form):
    """The other chart of the same person, by its number, and how that is known."""

    other = forms.CharField(label="MRN of the chart that goes into this one", max_length=20)
    reason = forms.CharField(label="How you know that they are one person", max_length=200, required=False)
