"""A compiled read …"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import CharField, DateTimeField, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from office.core.compiled import Compiled, Later
from office.core.models import HeldEffect
from tests.databases import RealDatabase

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def effects(key: Any, due_at: Any) -> QuerySet[HeldEffect, Any]:
    found = HeldEffect.objects.filter(key=key, due_at__gte=due_at - timedelta(minutes=5)).order_by("due_at")
    return found.values_list("pk", "key", "due_at", "arguments")


def later_effects() -> QuerySet[HeldEffect, Any]:
    return effects(Later("key", CharField()), Later("due_at", DateTimeField()))


def locked() -> QuerySet[HeldEffect, Any]:
    return HeldEffect.objects.select_for_update().filter(key=Later("key", CharField())).values_list("key")


@pytest.fixture
def held(db: None) -> None:
    for key, minute in (("one", 0), ("two", 10)):
        HeldEffect.objects.create(key=key, task_path="a.b", arguments={"c": 1}, due_at=NOON + timedelta(minutes=minute))


@pytest.mark.parametrize(
    ("key", "minute", "number"), [("one", 0, 1), ("one", 5, 1), ("one", 6, 0), ("two", 15, 1), ("three", 0, 0)]
)
def test_returns_what_the_queryset_returns(held: None, key: str, minute: int, number: int) -> None:
    due_at = NOON + timedelta(minutes=minute)
    rows = Compiled(later_effects)(key=key, due_at=due_at)
    assert rows == list(effects(key, due_at))
    assert len(rows) == number


def test_is_built_once_and_takes_new_values(held: None) -> None:
    built = []

    def build() -> QuerySet[HeldEffect, Any]:
        built.append(1)
        return later_effects()

    read = Compiled(build)
    with CaptureQueriesContext(connection) as seen:
        assert [read(key=key, due_at=NOON)[0][1] for key in ("one", "two", "one")] == ["one", "two", "one"]
    assert (len(built), len(seen)) == (1, 3)


def test_finds_nothing_for_none(held: None) -> None:
    assert Compiled(later_effects)(key=None, due_at=NOON) == []


def test_that_locks_is_refused_outside_a_transaction(real_database: RealDatabase) -> None:
    lock = Compiled(locked)
    with transaction.atomic():
        assert lock(key="one") == []  # built now, and still refused below
    with pytest.raises(TransactionManagementError):
        lock(key="one")
