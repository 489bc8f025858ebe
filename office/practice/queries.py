"""Reading the practice: where somebody is, what is there."""

from hashlib import sha256

from office.core.actors import Actor
from office.practice.models import Location, Practice, Workstation


def practice() -> Practice | None:
    """Return the one practice, or None before set-up."""
    return Practice.objects.first()


def here(actor: Actor) -> Location:
    """Return the location where the actor works now. Raises Location.DoesNotExist for one that is not at a place."""
    if actor.at is None:
        raise Location.DoesNotExist
    return Location.objects.get(pk=actor.at)


def token_hash(token: str) -> str:
    """Return what is kept of a workstation's token; it has 256 random bits, so no salt is needed."""
    return sha256(token.encode()).hexdigest()


def workstation_of(token: str) -> Workstation | None:
    """Return the workstation whose browser shows this token, while it is registered."""
    if not token:
        return None
    stations = Workstation.objects.select_related("location").filter(is_active=True, location__is_active=True)
    return stations.filter(token_hash=token_hash(token)).first()
