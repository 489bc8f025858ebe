"""A task for the front desk, and a second person there."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import MakeMember
from office.core.actors import Automation
from office.practice.models import Location
from office.staff.models import StaffActor
from office.staff.permissions import RoleName
from office.worklist.actions import ask
from office.worklist.models import WorkItem

MakeTask = Callable[..., WorkItem]


@pytest.fixture
def make_task(automation: Automation, main_street: Location) -> MakeTask:
    """Ask the front desk of Main Street for something."""

    def make(title: str = "Call the pharmacy back", **changes: Any) -> WorkItem:
        asked: dict[str, Any] = {"title": title, "for_role": RoleName.FRONT_DESK, "location": main_street, **changes}
        return ask(automation, **asked)

    return make


@pytest.fixture
def tess(make_member: MakeMember, rosa: StaffActor) -> StaffActor:
    """Another one at the front desk."""
    return make_member("tess", RoleName.FRONT_DESK, family="Okoye").acting()
