"""What would have been sent."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.inbox.models import Message


@require_GET
@needs(Permission.SEE_OUTBOX)
def outbox(request: OfficeRequest) -> HttpResponse:
    """Every notice that the program prepared, newest first. It tells no more than a patient's phone would show."""
    return page(
        request,
        "inbox/outbox.html",
        {"messages_prepared": Message.objects.all()[:200], "nothing_leaves": settings.STATE_KIND != "office"},
    )
