"""Asking for the trail to be verified: the only thing a person does to it."""

from office.audit import trail
from office.audit.events import VerificationAsked
from office.audit.queries import verification
from office.core.actions import action, unchanged
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission


@action(Permission.SEE_AUDIT)
def ask_to_verify(actor: Actor) -> None:
    """Have the whole trail verified a moment later; while that is under way, asking again changes nothing."""
    if verification().is_running:
        unchanged()
        return
    entry = trail.record(actor, "audit.verification_asked")
    announce(VerificationAsked(str(entry.pk)))
