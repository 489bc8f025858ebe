"""Remove a reader of a restricted chart."""

import pytest

from office.audit.models import Entry
from office.patients.access import ChartRestricted, open_chart
from office.patients.actions.restriction import remove_reader, restrict_chart
from office.patients.models import Patient
from office.staff.models import Member, StaffActor


def test_the_chart_is_closed_to_them_from_the_next_click_on(
    priya: StaffActor, rosa: StaffActor, rosa_member: Member, ana: Patient
) -> None:
    restrict_chart(priya, patient=ana, readers=[rosa_member], reason="Works here and asked for it")
    for _ in range(2):
        remove_reader(priya, patient=ana, member=rosa_member)
    with pytest.raises(ChartRestricted):
        open_chart(rosa, ana.pk, purpose="face sheet")
    assert Entry.objects.filter(verb="chart.reader_removed").count() == 1
