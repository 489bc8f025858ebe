"""The key card of each role, to be cut out and laid beside the monitor."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from office.core import prints
from office.core.actors import Automation
from office.core.pages import OfficeRequest, needs
from office.core.permissions import Permission
from office.core.shell import keys_of
from office.staff.permissions import MAY, ROLE_LABELS


@require_GET
@needs(Permission.SEE_SET_UP)
def key_cards(request: OfficeRequest) -> HttpResponse:
    """One page a role, with the keys that its permissions give."""
    cards = [{"title": label, "groups": keys_of(Automation(name, MAY[name]))} for name, label in ROLE_LABELS.items()]
    return prints.answer(prints.pdf("core", "key_cards", {"title": "Key cards", "cards": cards}), "key-cards")
