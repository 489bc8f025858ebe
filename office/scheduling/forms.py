"""What is typed about a visit: text to values."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils import timezone

from office.core.permissions import Permission
from office.core.week_form import WeekForm
from office.patients.models import Payer, Plan
from office.practice.models import Location
from office.scheduling.models import Appointment, Hours, VisitType
from office.scheduling.rules import hours
from office.scheduling.rules.check_in import PASSED_FOR
from office.scheduling.rules.hours import local_day
from office.scheduling.rules.spans import Span
from office.staff.models import Provider
from office.staff.permissions import MAY, ROLE_LABELS, RoleName

DATES = ["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%m-%d-%y", "%m%d%Y", "%m%d%y"]
TIMES = ["%H:%M", "%I:%M %p", "%I:%M%p", "%H%M"]

_A_DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")


class BirthDateField(forms.DateField):
    """A birth date in the forms staff type; two digits of the year are always in the past."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DATES, **kwargs)

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        if found and found > date.today():  # noqa: DTZ011 — only the century is decided here
            found = found.replace(year=found.year - 100)
        return found


class WhenForm(forms.Form):
    """A day and a time by the location's clock."""

    day = forms.DateField(
        input_formats=DATES, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), label="Day"
    )
    at = forms.TimeField(
        input_formats=TIMES, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), label="Time"
    )
    which = forms.ChoiceField(
        required=False,
        choices=[("", "Choose which"), ("0", "The first, before the clock goes back"), ("1", "The second, after it")],
        label="The clock shows that time twice",
    )
    provider = forms.ModelChoiceField(Provider.objects.filter(is_active=True), label="With", empty_label=None)
    double = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, location: Location, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.location = location

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        try:
            return hours.within_reach(day)
        except ValueError as reason:
            raise forms.ValidationError(str(reason)) from reason

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("day") and found.get("at"):
            moments = hours.instants(found["day"], found["at"], ZoneInfo(self.location.zone))
            which = found.get("which")
            if not moments:
                self.add_error("at", "The clock skips that time on this day. Choose another.")
            elif len(moments) > 1 and not which:
                self.add_error("which", "The clock goes back on this day. Choose which of the two is meant.")
            else:
                found["starts_at"] = moments[-1 if which == "1" else 0]
        return found

    @property
    def asks_which(self) -> bool:
        """Whether the day and time as they stand in the form are two moments."""
        try:
            day, at = (self.fields[name].clean(self[name].value()) for name in ("day", "at"))
            return len(hours.instants(hours.within_reach(day), at, ZoneInfo(self.location.zone))) > 1
        except (forms.ValidationError, ValueError):
            return False


class MoveForm(WhenForm):
    """Where a visit goes. How the patient learns of it is asked afterwards."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class BookForm(WhenForm):
    """A new visit."""

    who = forms.CharField(required=False, max_length=80, label="Patient")
    patient = forms.UUIDField(required=False)
    visit_type = forms.ModelChoiceField(
        VisitType.objects.filter(is_active=True), label="Appointment type", empty_label=None
    )
    reason = forms.CharField(required=False, max_length=200, label="Reason, in the patient's words")
    despite_plan = forms.CharField(required=False, max_length=500, label="The warning that was read")
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class PlanTakenForm(forms.Form):
    """A line of the plans that a provider takes."""

    location = forms.ModelChoiceField(
        Location.objects.filter(is_active=True), label="Where", empty_label="Everywhere", required=False
    )
    plan = forms.ChoiceField(label="Plan")
    applied_on = forms.DateField(label="Applied on", required=False, widget=_A_DAY)
    starts_on = forms.DateField(label="Taken from", required=False, widget=_A_DAY)
    ends_on = forms.DateField(label="to", required=False, widget=_A_DAY)
    everyone = forms.BooleanField(label="The same for every provider", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant: dict[str, tuple[Payer, Plan | None]] = {}
        for payer in Payer.objects.filter(is_active=True).prefetch_related("plans"):
            self.meant[f"{payer.pk}/"] = (payer, None)
            self.meant |= {f"{payer.pk}/{plan.pk}": (payer, plan) for plan in payer.plans.all()}
        named = [(key, f"{payer}, {plan or 'every plan'}") for key, (payer, plan) in self.meant.items()]
        self.fields["plan"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]

    @property
    def has_plans(self) -> bool:
        return bool(self.meant)

    def said(self) -> dict[str, Any]:
        """Return what was typed, the plan with its payer."""
        typed = dict(self.cleaned_data)
        typed["payer"], typed["plan"] = self.meant[typed["plan"]]
        return typed


class ResizeForm(forms.Form):
    """How long a visit takes."""

    minutes = forms.IntegerField(min_value=5, max_value=480, label="Minutes", step_size=5)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    """Why a visit is canceled."""

    reason = forms.ChoiceField(
        choices=Appointment.CancelReason.choices, widget=forms.RadioSelect, label="Why is it canceled?"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class CheckInForm(forms.Form):
    """What was said at the window."""

    birth_date = BirthDateField(required=False, label="Birth date, as the patient says it")
    passed_for = forms.ChoiceField(
        required=False, choices=[("", "Choose why"), *PASSED_FOR.items()], label="Why anyway"
    )
    passed_because = forms.CharField(required=False, max_length=200, label="In a few words")
    version = forms.IntegerField(widget=forms.HiddenInput)


class WalkInForm(forms.Form):
    """Who stands here, for what, and with whom; the lower half is asked for only when checking in wants it."""

    who = forms.CharField(required=False, max_length=80, label="Who is here?")
    listed_for = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    is_typing = forms.BooleanField(required=False, widget=forms.HiddenInput)
    patient = forms.UUIDField(required=False)
    visit_type = forms.ModelChoiceField(
        VisitType.objects.filter(is_active=True), label="Appointment type", empty_label=None
    )
    provider = forms.ModelChoiceField(
        Provider.objects.none(), required=False, label="With", empty_label="Whoever is free first"
    )
    reason = forms.CharField(required=False, max_length=200, label="Reason, in the patient's words")
    double = forms.BooleanField(required=False, label="Beside another visit, now")
    birth_date = BirthDateField(required=False, label="Birth date, as the patient says it")
    passed_for = forms.ChoiceField(
        required=False, choices=[("", "Choose why"), *PASSED_FOR.items()], label="Why anyway"
    )
    passed_because = forms.CharField(required=False, max_length=200, label="In a few words")
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, location: Location, *args: Any, may_double: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Provider.objects.filter(is_active=True, hours__location=location).distinct()
        self.fields["provider"].queryset = here  # type: ignore[attr-defined]
        if not may_double:
            del self.fields["double"]

    def offer(self, free: Mapping[UUID, str]) -> None:
        """Say beside each provider when the visit could begin; ``free`` has them in that order."""
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the types)
        named = {one.pk: one for one in field.queryset or ()}
        first = next(((named[key], at) for key, at in free.items() if key in named), None)
        whoever = f"Whoever is free first: {first[0].spoken_name}, {first[1]}" if first else "Nobody is free today"
        field.choices = [("", whoever), *((key, f"{one}, {free.get(key, 'not today')}") for key, one in named.items())]

    @property
    def wants_a_list(self) -> bool:
        """Whether another name was typed than the list was made for, or nobody of a list that came while typing is
        chosen."""
        is_same = self.data.get("who", "") == self.data.get("listed_for", "")
        return not is_same or bool(self.data.get("is_typing") and not self.data.get("patient"))

    def clean_patient(self) -> UUID:
        found: UUID | None = self.cleaned_data["patient"]
        if found is None:
            raise forms.ValidationError("Choose who is here from the list.")
        return found


class CancellationsForm(forms.Form):
    """Which canceled visits are counted: days, both in, a location and a provider."""

    since = forms.DateField(label="From", input_formats=DATES)
    until = forms.DateField(label="To", input_formats=DATES)
    location = forms.ChoiceField(label="Location", required=False)
    provider = forms.ModelChoiceField(Provider.objects.none(), label="Provider", required=False, empty_label="All")

    def __init__(self, locations: Sequence[Location], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locations = locations
        places, people = self.fields["location"], self.fields["provider"]
        places.choices = [("", "All"), *((str(one.pk), one.name) for one in locations)]  # type: ignore[attr-defined]
        people.queryset = Provider.objects.filter(hours__location__in=locations).distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        for name, day in (("since", since), ("until", until)):
            if day and not hours.FIRST_DAY <= day <= hours.LAST_DAY:
                self.add_error(name, "That day is too far away. Look at the year.")
        if since and until and since > until:
            self.add_error("until", "The last day is before the first. Swap the two.")
        return found


def five_minutes(moment: datetime) -> datetime:
    """The moment on the line of the grid before it."""
    return moment.replace(second=0, microsecond=0) - timedelta(minutes=moment.minute % 5)


# --- set-up


class ProviderWeekForm(WeekForm):
    """When a provider sees patients at a location in a usual week, and from which day on."""

    from_on = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, provider: Provider, location: Location, today: date, **kwargs: Any) -> None:
        standing = Hours.objects.filter(provider=provider, location=location).filter(
            Q(until_on__isnull=True) | Q(until_on__gte=today)
        )
        kept = [(row.weekday, row.opens, row.closes) for row in standing] or [
            (door.weekday, door.opens, door.closes) for door in location.door_hours.all()
        ]
        super().__init__(*args, kept=kept, **kwargs)
        self.today = today
        self.fields["from_on"].initial = today
        self.is_a_suggestion = not standing

    def clean_from_on(self) -> date:
        """Days that have passed keep the hours they had."""
        day: date = self.cleaned_data["from_on"]
        if day < self.today:
            raise forms.ValidationError("Choose today or a later day: the past keeps its hours.")
        return day

    def week(self) -> dict[str, Any]:
        return {"hours": self.cleaned_data["hours"], "from_on": self.cleaned_data["from_on"]}


class HolidaysForm(forms.Form):
    """Which holidays a location keeps, and one day more."""

    days = forms.MultipleChoiceField(label="Closed on", required=False, widget=forms.CheckboxSelectMultiple)
    more_on = forms.DateField(label="Another day", required=False, widget=forms.DateInput({"type": "date"}))
    more_name = forms.CharField(label="What it is", max_length=80, required=False)

    def __init__(self, *args: Any, location: Location, listed: dict[date, str], **kwargs: Any) -> None:
        zone = ZoneInfo(location.zone)
        standing = {
            closure.starts_at.astimezone(zone).date(): closure.reason
            for closure in location.closures.filter(provider=None, ends_at__gt=timezone.now())
            if local_day(closure.starts_at.astimezone(zone).date(), zone) == Span(closure.starts_at, closure.ends_at)
        }
        self.listed = dict(sorted({**listed, **standing}.items()))
        # A location that keeps none yet is offered all of them.
        chosen = standing or listed
        super().__init__(*args, **kwargs)
        self.initial = {"days": [day.isoformat() for day in chosen]}
        words = [(day.isoformat(), f"{name}, {day:%a %b} {day.day}, {day.year}") for day, name in self.listed.items()]
        self.fields["days"].choices = words  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("more_on") and not typed.get("more_name"):
            self.add_error("more_name", "Say what the day is; the schedule shows it.")
        return typed

    def kept(self) -> dict[str, Any]:
        """Return the days that are closed with their names, and every day that the form decides about."""
        closed = {day: self.listed[day] for day in map(date.fromisoformat, self.cleaned_data["days"])}
        if self.cleaned_data["more_on"]:
            closed[self.cleaned_data["more_on"]] = self.cleaned_data["more_name"]
        return {"closed": closed, "of": {*self.listed, *closed}}


class VisitTypeForm(forms.Form):
    """What can be booked: how long, what it needs, for whom, by whom, with whom."""

    name = forms.CharField(label="Name", max_length=60)
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480)
    buffer_minutes = forms.IntegerField(label="Held after it", min_value=0, max_value=120, required=False, initial=0)
    minimum_age = forms.IntegerField(label="From age", min_value=0, max_value=120, required=False)
    maximum_age = forms.IntegerField(label="Up to age", min_value=0, max_value=120, required=False)
    needs_room = forms.BooleanField(label="Needs a room", required=False, initial=True)
    is_for_new_patients = forms.BooleanField(label="For new patients", required=False)
    is_active = forms.BooleanField(label="Can be booked", required=False, initial=True)
    booked_by_roles = forms.MultipleChoiceField(
        label="Booked only by", required=False, widget=forms.CheckboxSelectMultiple, help_text="None: all who may book."
    )
    providers = forms.MultipleChoiceField(
        label="Only with", required=False, widget=forms.CheckboxSelectMultiple, help_text="None: everybody."
    )

    def __init__(self, *args: Any, one: VisitType | None, providers: list[Provider], **kwargs: Any) -> None:
        now = {name: getattr(one, name) for name in self.base_fields if name != "providers"} if one else {}
        if one:
            now["providers"] = [str(key) for key in one.providers.values_list("pk", flat=True)]
        super().__init__(*args, **kwargs)
        self.initial = now
        self.people = {str(who.pk): who for who in providers}
        bookers = [(name.value, ROLE_LABELS[name]) for name in RoleName if Permission.BOOK_APPOINTMENTS in MAY[name]]
        self.fields["booked_by_roles"].choices = bookers  # type: ignore[attr-defined]
        self.fields["providers"].choices = [(key, str(who)) for key, who in self.people.items()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return the fields of the type."""
        found = dict(self.cleaned_data)
        found["buffer_minutes"] = found["buffer_minutes"] or 0
        found["providers"] = [self.people[key] for key in found["providers"]]
        return found
