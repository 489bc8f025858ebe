"""Reading the practice: where somebody is, what is there."""

from hashlib import sha256

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from office.core.actors import Actor
from office.core.wiring import SetUpPart
from office.practice.loads.kinds import Outcome, kinds
from office.practice.models import Load, LoadedRow, Location, Practice, SetUpNote, Workstation


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


# --- what set-up asks for


def practice_parts() -> list[SetUpPart]:
    """What the practice needs to be known by, to payers and to its own clock."""
    office = practice()
    url = reverse("practice:set_up_practice")

    def part(name: str, value: object, consequence: str, *, stops: bool = False) -> SetUpPart:
        return SetUpPart(name, bool(value), consequence, f"No {name} yet.", url, stops=stops)

    if office is None:
        return [
            SetUpPart(
                "name",
                is_done=False,
                consequence="Nothing can be set up",
                why="The practice has no name yet.",
                url=url,
                stops=True,
            )
        ]
    street = office.line and office.city and office.state and len(office.postal_code) == len("97201-4321")
    return [
        part("first day", office.opens_on, "Nobody knows when to be ready"),
        part("legal name", office.legal_name, "Claims cannot leave"),
        part("tax number", office.tin, "Claims cannot leave"),
        part("organization NPI", office.npi, "Claims cannot leave"),
        part("taxonomy", office.taxonomy, "Payers may send claims back"),
        part("billing address with ZIP+4", street, "Claims cannot leave"),
        part("main phone", office.phone, "Patients are told no number to call"),
    ]


def location_parts() -> list[SetUpPart]:
    """Somewhere to be seen: a site with its address, its doors' hours and a room."""
    places = Location.objects.filter(is_active=True).annotate(
        all_rooms=Count("rooms", Q(rooms__is_active=True), distinct=True), all_hours=Count("door_hours", distinct=True)
    )
    url = reverse("practice:set_up_locations")
    if not places:
        return [
            SetUpPart(
                "location",
                is_done=False,
                consequence="Nobody can be booked",
                why="There is no location yet.",
                url=url,
                stops=True,
            )
        ]
    found = []
    for place in places:
        own = reverse("practice:location", args=[place.pk])
        address = place.line and place.city and place.state and place.postal_code
        found += [
            SetUpPart(f"{place} address", bool(address), f"Nobody is told where {place} is", "No address yet.", own),
            SetUpPart(f"{place} hours", bool(place.all_hours), f"{place} looks closed", "No door hours yet.", own),
            SetUpPart(
                f"{place} rooms", bool(place.all_rooms), f"Nobody can be seen at {place}", "No room yet.", own,
                stops=True,
            ),
        ]  # fmt: skip
    return found


#: The card of the old system's data, as a person confirms it.
OLD_SYSTEM = "old_system"


def _of_old_system() -> QuerySet[Load]:
    return Load.objects.exclude(kind__in=[kind.name for kind in kinds().values() if kind.comes_again])


def loads_that_came() -> QuerySet[Load]:
    """Return the old system's tables that came in."""
    return _of_old_system().filter(state=Load.State.DONE)


def old_system_note() -> SetUpNote | None:
    """Return what a person said of the old system's data, while nothing was loaded or undone since."""
    ended = _of_old_system().aggregate(last=Max(Coalesce("undone_at", "finished_at")))["last"]
    note = SetUpNote.objects.filter(card=OLD_SYSTEM, looked_at__isnull=False).first()
    return note if note and note.looked_at and (ended is None or note.looked_at >= ended) else None


def old_system_parts() -> list[SetUpPart]:
    """Either somebody says that there is nothing to bring, or it came in, was looked at and counted."""
    url = reverse("practice:set_up_old_system")
    came = loads_that_came()
    said = old_system_note()
    if not came:
        return [
            SetUpPart(
                "old system's data",
                said is not None,
                "Patients of before are registered one by one",
                "No table was loaded, and nobody said that there is none.",
                url,
            )
        ]
    waiting = LoadedRow.objects.filter(load__in=came, outcome=Outcome.REVIEW, answer="").count()
    return [
        SetUpPart("old system's data", is_done=True, works="Find the old system's patients"),
        SetUpPart(
            "rows to look at",
            not waiting,
            f"{waiting} row{'s' if waiting > 1 else ''} of the old system did not come in",
            "They look like someone who is here already. Say whether they are.",
            url,
        ),
        SetUpPart(
            "held against the old reports",
            said is not None,
            "Nobody knows whether everything came over",
            "Nobody has held the counts against the old system's reports.",
            url,
        ),
    ]
