"""Payers and a biller's browser."""

import pytest
from django.test import Client

from office.patients.models import Payer
from office.staff.models import Member, StaffActor


@pytest.fixture
def aetna(db: None) -> Payer:
    return Payer.objects.create(name="Aetna")


@pytest.fixture
def bao_browser(client: Client, bao: StaffActor) -> Client:
    """A browser of the biller."""
    client.force_login(Member.objects.get(pk=bao.member_id))
    return client
