"""The patient's photo: taken, replaced, taken away."""

from office.audit import trail
from office.core import files
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Patient


@action(Permission.CORRECT_PATIENTS)
def set_photo(actor: Actor, *, patient: Patient, data: bytes) -> Patient:
    """Keep a photo, decoded and stored anew without its metadata, or refuse what is no picture."""
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    try:
        picture = files.store(files.picture(data))
    except Refused as refusal:
        raise Refused(f"{refusal} Nothing was changed.") from refusal
    if picture == now.photo:
        unchanged()
        return now
    now.photo = picture
    now.save(update_fields=["photo"])
    trail.record(actor, "photo.set", now)
    return now


@action(Permission.CORRECT_PATIENTS)
def remove_photo(actor: Actor, *, patient: Patient) -> Patient:
    """Show no photo any more, as the patient may ask."""
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    if not now.photo:
        unchanged()
        return now
    now.photo = ""
    now.save(update_fields=["photo"])
    trail.record(actor, "photo.removed", now)
    return now
