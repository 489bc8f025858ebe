"""The screens of photo and insurance: plain forms, and pictures only for those who may open the chart."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import MakePatient
from office.audit.models import Entry
from office.patients.actions.insurance import set_coverage
from office.patients.models import CardPicture, Coverage, Patient
from office.patients.tests.pictures import NO_PICTURES, jpeg
from office.staff.models import StaffActor

CARD = {"payer": "Cascadia", "plan": "Choice", "member_id": "CM 7", "relation": "self", "copay_cents": "$25.50"}


def url(name: str, *arguments: object) -> str:
    return reverse(f"patients:{name}", args=arguments)


def upload(data: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


@pytest.fixture
def coverage(rosa: StaffActor, ana: Patient) -> Coverage:
    return set_coverage(rosa, patient=ana, payer="Cascadia", plan="", member_id="CM 7", front=jpeg("navy"))


def test_a_photo_is_taken_shown_and_removed(rosa_browser: Client, ana: Patient) -> None:
    form = url("photo_change", ana.pk)
    assert 'type="file"' in rosa_browser.get(form).content.decode()
    assert rosa_browser.post(form, {"photo": upload(jpeg())}).status_code == 303
    assert url("photo", ana.pk) in rosa_browser.get(url("chart", ana.pk)).content.decode()
    shown = rosa_browser.get(url("photo", ana.pk))
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert rosa_browser.post(url("photo_remove", ana.pk), {"csrfmiddlewaretoken": "x"}).status_code == 303
    assert rosa_browser.get(url("photo", ana.pk)).status_code == 404


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_refused_in_words(rosa_browser: Client, ana: Patient, kind: str) -> None:
    answer = rosa_browser.post(url("photo_change", ana.pk), {"photo": upload(NO_PICTURES[kind])})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "could not be read as a picture" in page or "larger than 10 MB" in page
    ana.refresh_from_db()
    assert ana.photo == ""


def test_no_file_and_an_empty_file_are_asked_for_again(rosa_browser: Client, ana: Patient) -> None:
    for sent, words in (({"x": "1"}, "Choose a picture"), ({"photo": upload(b"")}, "file is empty")):
        answer = rosa_browser.post(url("photo_change", ana.pk), sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_insurance_is_added_with_its_card_and_shown(rosa_browser: Client, ana: Patient) -> None:
    sent = {**CARD, "front": upload(jpeg("navy")), "back": upload(jpeg("gray"))}
    assert rosa_browser.post(url("coverage", ana.pk), sent).status_code == 303
    page = rosa_browser.get(url("chart", ana.pk)).content.decode()
    assert "Cascadia" in page
    assert "$25.50" in page
    for picture in CardPicture.objects.all():
        shown = url("card", ana.pk, picture.pk)
        assert shown in page
        assert rosa_browser.get(shown)["Content-Type"] == "image/jpeg"


def test_a_bad_side_loses_nothing_that_was_typed(rosa_browser: Client, ana: Patient) -> None:
    sent = {**CARD, "front": upload(jpeg()), "back": upload(NO_PICTURES["an SVG"], "card.svg")}
    answer = rosa_browser.post(url("coverage", ana.pk), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Card, back: This file could not be read as a picture" in page
    assert 'value="CM 7"' in page
    assert 'value="$25.50"' in page
    assert not Coverage.objects.exists()


def test_someone_elses_insurance_asks_whose(rosa_browser: Client, ana: Patient) -> None:
    answer = rosa_browser.post(url("coverage", ana.pk), {**CARD, "relation": "child"})
    assert answer.status_code == 422
    assert "Whose insurance is it?" in answer.content.decode()


def test_insurance_is_corrected_from_what_is_on_file(rosa_browser: Client, ana: Patient, coverage: Coverage) -> None:
    form = url("coverage_correct", ana.pk, coverage.pk)
    assert 'value="CM 7"' in rosa_browser.get(form).content.decode()
    assert rosa_browser.post(form, {**CARD, "member_id": "CM 9"}).status_code == 303
    coverage.refresh_from_db()
    assert (coverage.member_id, coverage.copay_cents) == ("CM 9", 2550)


def test_ended_insurance_stays_on_the_face_sheet_as_past(
    rosa_browser: Client, ana: Patient, coverage: Coverage
) -> None:
    a_while_ago = timezone.localdate() - timedelta(days=30)
    ended = rosa_browser.post(url("coverage_end", ana.pk, coverage.pk), {"ends_on": f"{a_while_ago:%m/%d/%Y}"})
    assert ended.status_code == 303
    page = rosa_browser.get(url("chart", ana.pk)).content.decode()
    assert "No longer: 1" in page
    assert "None on file" in page


def test_a_new_card_leaves_the_earlier_one_to_be_seen(rosa_browser: Client, ana: Patient, coverage: Coverage) -> None:
    form = url("coverage_card", ana.pk, coverage.pk)
    assert rosa_browser.post(form, {"x": "1"}).status_code == 422
    assert rosa_browser.post(form, {"front": upload(jpeg("red"))}).status_code == 303
    page = rosa_browser.get(form).content.decode()
    assert "Earlier pictures: 1" in page
    assert all(url("card", ana.pk, one.pk) in page for one in CardPicture.objects.all())


def test_a_picture_belongs_to_its_chart_alone(
    rosa_browser: Client, ana: Patient, make_patient: MakePatient, coverage: Coverage
) -> None:
    picture = CardPicture.objects.get()
    assert rosa_browser.get(url("card", make_patient("Reed", "Ben").pk, picture.pk)).status_code == 404
    Patient.objects.filter(pk=ana.pk).update(is_restricted=True)
    assert rosa_browser.get(url("card", ana.pk, picture.pk)).status_code == 403
    assert rosa_browser.get(url("photo", ana.pk)).status_code == 403


def test_a_picture_on_a_page_leaves_no_second_trace(rosa_browser: Client, ana: Patient, coverage: Coverage) -> None:
    rosa_browser.get(url("chart", ana.pk))
    rosa_browser.get(url("card", ana.pk, CardPicture.objects.get().pk))
    rosa_browser.get(url("photo", ana.pk) + "?for=whatever")
    assert Entry.objects.filter(verb="chart.opened").count() == 1
