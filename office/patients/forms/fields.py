"""Fields that read what staff type: dates in their forms, phone numbers with their punctuation."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from office.patients.phone_numbers import NotAPhoneNumber, read_phone
from office.patients.rules.dates import NotADate, read_birth_date, read_date


class TypedDateField(forms.CharField):
    """A day, as 04/12/1961, 4-12-61, 041261 or 1961-04-12."""

    is_birth_date = False

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        read = read_birth_date if self.is_birth_date else read_date
        try:
            return read(text, today=timezone.localdate())
        except NotADate as reason:
            raise ValidationError(str(reason)) from reason

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%m/%d/%Y}" if isinstance(value, date) else value


class BirthDateField(TypedDateField):
    """A day in the past."""

    is_birth_date = True


class DollarsField(forms.DecimalField):
    """An amount as people write it, as cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=99_999, decimal_places=2, widget=forms.TextInput, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().lstrip("$") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 100:.2f}" if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal"}


class PhoneField(forms.CharField):
    """A phone number, as E.164."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return read_phone(text)
        except NotAPhoneNumber as reason:
            raise ValidationError(str(reason)) from reason
