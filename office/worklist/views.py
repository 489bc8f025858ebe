"""The worklist with its reader, asking, and parking."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page, way_back
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.access import open_chart
from office.practice.models import Location
from office.staff.models import Member
from office.worklist import actions, queries, rules
from office.worklist.forms import AskForm, HandOverForm
from office.worklist.models import Parked, WorkItem

SHOWN = 200
TABS = {"mine": "Mine", "everyone": "Everyone", "done": "Done today"}
SOURCES = {"mine": queries.for_person, "everyone": queries.of_everyone, "done": queries.done_today}


@require_GET
@needs(Permission.DO_WORK)
def worklist(request: OfficeRequest, item_id: UUID | None = None) -> HttpResponse:
    """Everything to do here, one of it open in the reader."""
    return _show(request, item_id)


def _show(
    request: OfficeRequest, item_id: UUID | None, *, refusal: str = "", hand_over: HandOverForm | None = None
) -> HttpResponse:
    tab = request.GET.get("show", "mine")
    tab = tab if tab in TABS else "mine"
    now = timezone.now()
    items = list(SOURCES[tab](request.actor)[:SHOWN])
    chosen = next((item for item in items if item.pk == item_id), None) or _any(request, item_id)
    if chosen is None and items:
        chosen = items[0]
    rows = queries.lines(request.actor, items if chosen in items or not chosen else [*items, chosen], now=now)
    context: dict[str, Any] = {
        "tabs": TABS,
        "tab": tab,
        "groups": queries.grouped(row for row in rows if row.item in items),
        "count": len(items),
        "chosen": next((row for row in rows if row.item == chosen), None),
        "hand_over": hand_over or HandOverForm(members=_members()),
        "refusal": refusal,
    }
    invalid = bool(refusal or (hand_over and hand_over.errors))
    return page(request, "worklist/worklist.html", context, part="reader", invalid=invalid)


@require_POST
@needs(Permission.DO_WORK)
def take(request: OfficeRequest, item_id: UUID) -> HttpResponse:
    """Take it in hand."""
    item = _item(request, item_id)
    try:
        actions.take(request.actor, item=item)
    except Refused as refusal:
        return _show(request, item_id, refusal=str(refusal))
    toast(request, f"You have it in hand: {item.title}")
    return go_to(request, _place(request, item_id))


@require_POST
@needs(Permission.DO_WORK)
def finish(request: OfficeRequest, item_id: UUID) -> HttpResponse:
    """Say that it is done."""
    item = _item(request, item_id)
    try:
        actions.finish(request.actor, item=item, outcome=request.POST.get("outcome", ""))
    except Refused as refusal:
        return _show(request, item_id, refusal=str(refusal))
    toast(request, f"Done: {item.title}", undo_url=reverse("worklist:reopen", args=[item_id]))
    return go_to(request, way_back(request, reverse("worklist:worklist")))


@require_POST
@needs(Permission.DO_WORK)
def reopen(request: OfficeRequest, item_id: UUID) -> HttpResponse:
    """Take the finish back."""
    item = _item(request, item_id)
    try:
        actions.reopen(request.actor, item=item)
    except Refused as refusal:
        return _show(request, item_id, refusal=str(refusal))
    toast(request, f"To do again: {item.title}")
    return go_to(request, way_back(request, _place(request, item_id)))


@require_POST
@needs(Permission.DO_WORK)
def hand_over(request: OfficeRequest, item_id: UUID) -> HttpResponse:
    """Give it to another person or role."""
    item = _item(request, item_id)
    form = HandOverForm(request.POST, members=_members())
    if not form.is_valid():
        return _show(request, item_id, hand_over=form)
    member, role = form.chosen()
    try:
        item = actions.hand_over(
            request.actor, item=item, to_member=member, to_role=role, note=form.cleaned_data["note"]
        )
    except Refused as refusal:
        return _show(request, item_id, refusal=str(refusal), hand_over=form)
    toast(request, f"Handed to {item.for_whom}: {item.title}")
    return go_to(request, reverse("worklist:worklist"))


@require_http_methods(["GET", "POST"])
@needs(Permission.DO_WORK)
def ask(request: OfficeRequest, patient_id: UUID | None = None) -> HttpResponse:
    """Ask a person or a role for something, about a patient or not."""
    patient = open_chart(request.actor, patient_id, purpose="asking for work") if patient_id else None
    form = AskForm(request.POST or None, members=_members())
    if form.is_valid():
        here = Location.objects.filter(pk=request.actor.at).first() if request.actor.at else None
        try:
            item = actions.ask(request.actor, patient=patient, location=here, **form.request())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"Asked {item.for_whom}: {item.title}")
            return go_to(request, way_back(request, reverse("worklist:worklist")))
    context = {"form": form, "patient": patient}
    return page(request, "worklist/ask.html", context, part="form", invalid=bool(form.errors))


@require_POST
@needs(Permission.DO_WORK)
def park(request: OfficeRequest) -> HttpResponse:
    """Put the page aside that the form came from, with what was typed on it."""
    link = way_back(request, "/", field="parked_link")
    try:
        draft = rules.kept_of(dict(request.POST.lists()))
    except ValueError:
        draft = {}
    try:
        actions.park(request.actor, title=request.POST.get("parked_title", "") or "A page", link=link, draft=draft)
    except Refused as refusal:
        toast(request, str(refusal))
        return go_to(request, link)
    toast(request, "Parked. It waits for you on Now.")
    return go_to(request, reverse("home:now"))


@require_POST
@needs(Permission.DO_WORK)
def resume(request: OfficeRequest, parked_id: UUID) -> HttpResponse:
    """Go back to what was parked; what was typed goes along."""
    waiting = Parked.objects.filter(pk=parked_id, member=getattr(request.actor, "member_id", None)).first()
    if waiting is None:
        raise Http404("Nothing of yours is parked there.")
    parked = actions.resume(request.actor, parked=waiting)
    request.session["resumed"] = {"link": parked.link, "draft": parked.draft}
    return go_to(request, parked.link)


def _item(request: OfficeRequest, item_id: UUID) -> WorkItem:
    item = _any(request, item_id)
    if item is None:
        raise Http404("There is no such task here.")
    return item


def _any(request: OfficeRequest, item_id: UUID | None) -> WorkItem | None:
    """The item, also a finished one, when it belongs to where the person works or to the person."""
    member = getattr(request.actor, "member_id", None)
    reachable = Q(location=request.actor.at) | Q(location__isnull=True) | Q(for_member=member) | Q(taken_by=member)
    found = WorkItem.objects.filter(reachable).select_related("patient", "taken_by", "for_member", "location")
    return found.filter(pk=item_id).first() if item_id else None


def _members() -> list[Member]:
    return list(Member.objects.filter(is_active=True))


def _place(request: OfficeRequest, item_id: UUID) -> str:
    return way_back(request, reverse("worklist:item", args=[item_id]))
