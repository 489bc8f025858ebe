"""Fields that read what staff type: dates in their forms, phone numbers with their punctuation."""

from datetime import date
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
