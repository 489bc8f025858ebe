"""Photos and cards as they are uploaded: from a file, or from the camera of a phone, tablet or computer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from office.core.files import PICTURE_BYTES

#: A phone offers its camera for these, and gives a JPEG for its own format.
KINDS = "image/jpeg,image/png,image/webp"


class PictureField(forms.FileField):
    """A picture as bytes, read only when it is not too large; whether it is one, the action finds out."""

    default_error_messages = {  # noqa: RUF012 (Django's own shape)
        "required": "Choose a picture, or take one.",
        "empty": "This file is empty. Take the picture again.",
        "large": "This picture is larger than 10 MB. Take it again at a lower quality.",
    }

    def __init__(self, **kwargs: Any) -> None:
        # htmx keeps the control with what was chosen when the form comes back with a reason.
        widget = forms.FileInput(attrs={"accept": KINDS, "hx-preserve": "true", "data-camera": ""})
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > PICTURE_BYTES:
            raise ValidationError(self.error_messages["large"], code="large")
        return upload.read()


class PhotoForm(forms.Form):
    """The patient's photo."""

    photo = PictureField(
        label="Photo", help_text="JPEG, PNG or WebP, at most 10 MB. The place it was taken at is not kept."
    )


class CardForm(forms.Form):
    """The card's sides; one alone leaves the other as it is."""

    front = PictureField(label="Front", required=False)
    back = PictureField(
        label="Back",
        required=False,
        help_text="JPEG, PNG or WebP, at most 10 MB each. Earlier ones stay on file.",
    )


class RemoveForm(forms.Form):
    """A yes."""
