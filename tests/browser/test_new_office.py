"""A bare office, from the owner's link to the first booked patient, through the five cards, in real processes."""

import base64
import hmac
import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

MANAGE = [sys.executable, str(settings.ROOT / "manage.py")]
ANSWERS = {
    "practice": "Larkspur Family Medicine", "zone": "America/Los_Angeles",
    "given_name": "Dana", "family_name": "Okafor", "username": "dana",
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """A served office: its address and the owner's link."""

    address: str
    start_link: str


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    unset = {"DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"FRONTDESK_VAR": str(tmp_path / "office"), "PORT": str(port), "HOST": "127.0.0.1"}
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS), encoding="utf-8")
    made = subprocess.run(
        [*MANAGE, "new_office", "--answers", str(answers), "--json"], env=environment, capture_output=True, check=True
    )
    assert json.loads(made.stdout)["recovery_key"].startswith("AGE-SECRET-KEY-1")
    with subprocess.Popen([*MANAGE, "serve"], env=environment, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout
        assert "ready" in serving.stdout.readline()
        yield Office(f"http://localhost:{port}", json.loads(made.stdout)["start_link"])
        serving.terminate()


def code_of(secret: str) -> str:
    """The code that an authenticator shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def begin(page: Page, link: str, username: str) -> None:
    """Use a start link: a password, the first sign-in, a code app."""
    page.goto(link)
    for number in range(2):
        page.get_by_label("New Password", exact=False).nth(number).fill("larkspur-door-7714")
    page.get_by_role("button", name="Keep this password").click()
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill("larkspur-door-7714")
    page.get_by_role("button", name="Sign in with password").click()
    page.get_by_role("link", name="Add a code app").click()
    page.get_by_label("Code").fill(code_of(page.get_by_label("Or type this").input_value()))
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_takes_a_bare_office_to_its_first_booked_patient(office: Office, chromium: Browser) -> None:
    context = chromium.new_context(base_url=office.address)
    context.set_default_timeout(10_000)
    owner = context.new_page()
    begin(owner, office.start_link, "dana")

    owner.goto("/practice/set-up/")
    expect(owner.get_by_text(re.compile(r"^0 of \d+ done$"))).to_be_visible()
    expect(owner.get_by_text("Not yet", exact=True)).to_be_visible()
    practice(owner)
    location(owner)
    provider(owner)
    owner.get_by_role("button", name="Add this set").click()
    expect(owner.get_by_role("link", name="Well child")).to_be_visible()
    link = invite(owner)

    owner.goto("/practice/set-up/")
    expect(owner.get_by_text(re.compile(r"^4 of \d+ done$"))).to_be_visible()

    desk = chromium.new_context(base_url=office.address).new_page()
    desk.set_default_timeout(10_000)
    begin(desk, link, "rosa")
    book(desk)
    context.close()


def practice(page: Page) -> None:
    page.get_by_label("Cards").get_by_role("link", name="Practice").click()
    page.get_by_label("Legal name").fill("Larkspur Family Medicine, PC")
    page.get_by_label("Tax number").fill("93-1234567")
    page.get_by_label("Organization NPI").fill("1234567839")
    page.get_by_label("Taxonomy").fill("207Q00000X")
    page.get_by_label("Main phone").fill("503 555 0100")
    page.get_by_label("First day").fill("2030-01-07")
    page.get_by_label("Street (no P.O. box)").fill("12 Larkspur Lane")
    page.get_by_label("City").first.fill("Portland")
    page.get_by_label("State").first.select_option("OR")
    page.get_by_label("ZIP+4").first.fill("972051234")
    page.get_by_role("button", name="Save, next card").click()
    expect(page.get_by_text("1234567893 would fit")).to_be_visible()

    # Half done is kept: what fits is saved, the mistyped number waits for whoever comes back.
    page.goto("/practice/set-up/practice/")
    expect(page.get_by_label("Legal name")).to_have_value("Larkspur Family Medicine, PC")
    expect(page.get_by_label("Organization NPI")).to_have_value("1234567839")
    page.get_by_label("Organization NPI").fill("1234567893")
    page.get_by_role("button", name="Save, next card").click()


def location(page: Page) -> None:
    expect(page.get_by_role("heading", name="Locations", exact=True).first).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Main")
    page.get_by_label("Short name").fill("Main")
    page.get_by_label("Street").fill("12 Larkspur Lane")
    page.get_by_label("City").fill("Portland")
    page.get_by_label("State").select_option("OR")
    page.get_by_label("ZIP code").fill("97205")
    page.get_by_role("button", name="Add location").click()
    page.get_by_label("New room").fill("1")
    page.get_by_role("button", name="Add room").click()
    expect(page.get_by_role("button", name="Take room 1 out of use")).to_be_visible()
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        page.get_by_label(f"{day} opens", exact=True).fill("08:00")
        page.get_by_label(f"{day} closes", exact=True).fill("17:00")
    page.get_by_role("button", name="Save door hours").click()
    expect(page.get_by_label("Sunday closes", exact=True)).to_have_value("17:00")
    page.goto("/set-up/holidays/")
    page.get_by_role("button", name="Save holidays").click()
    expect(page.get_by_text("4 of 4 complete")).to_be_visible()


def provider(page: Page) -> None:
    page.goto("/staff/set-up/providers/")
    page.get_by_label("or first name").fill("Ruben")
    page.get_by_label("Last name").fill("Amaya")
    page.get_by_label("Credential").fill("MD")
    page.get_by_role("button", name="Add provider").click()
    page.get_by_label("Individual NPI").fill("1245319599")
    page.get_by_label("Taxonomy").fill("207Q00000X")
    page.get_by_label("License number").fill("MD 214077")
    page.get_by_label("State").select_option("OR")
    page.get_by_label("Good until").fill("2031-12-31")
    page.get_by_role("button", name="Save, stay here").click()
    expect(page.get_by_text("12/31/2031")).to_be_visible()
    page.get_by_role("link", name="Hours", exact=True).click()
    expect(page.get_by_text("Suggested from the door hours")).to_be_visible()
    page.get_by_role("button", name="Save hours").click()
    page.get_by_role("link", name="Next card: Appointment types").click()


def invite(page: Page) -> str:
    page.goto("/staff/set-up/staff/")
    page.get_by_role("link", name="Invite").click()
    page.get_by_label("First name").fill("Rosa")
    page.get_by_label("Last name").fill("Delgado")
    page.get_by_label("User name").fill("rosa")
    page.get_by_role("button", name="Add").click()
    link = page.get_by_label("Give this to Rosa").input_value()
    page.get_by_label("Role").select_option("front_desk")
    page.get_by_role("button", name="Give this role").click()
    expect(page.get_by_text("Front desk (medical office assistant), everywhere")).to_be_visible()
    return link


def book(page: Page) -> None:
    page.goto("/patients/new/")
    page.get_by_label("Given name").fill("Ana")
    page.get_by_label("Family name").fill("Lopez")
    page.get_by_label("Birth date").first.fill("06/14/1961")
    page.get_by_role("button", name="Register").first.click()
    expect(page.get_by_role("heading", name="Lopez").first).to_be_visible()
    patient = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"/schedule/next-available/?patient={patient}")
    page.locator(".row--opening").first.click()
    page.get_by_role("radio", name="Lopez, Ana").check()
    page.locator("button[data-submit]").click()
    expect(page.locator("#toasts")).to_contain_text("Lopez")
    page.goto(f"/patients/{patient}/")
    expect(page.get_by_text("Office visit").first).to_be_visible()
