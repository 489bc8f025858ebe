"""The practice's screens: rooms, door hours, and the computer whose sign-in page offers names."""

from django.test import Client

from office.practice.models import DoorHours, Location, Workstation


def test_registers_this_computer_by_a_cookie_whose_hash_alone_is_kept(adele: Client, main_street: Location) -> None:
    answer = adele.post(f"/practice/{main_street.pk}/workstation/", {"name": "Front desk 1"})
    cookie = answer.cookies["workstation"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert Workstation.objects.get().token_hash != cookie.value
    adele.post("/account/logout/")
    assert "Front desk 1" in adele.get("/account/login/").content.decode()


def test_forgets_a_computer(adele: Client, main_street: Location) -> None:
    adele.post(f"/practice/{main_street.pk}/workstation/", {"name": "Front desk 1"})
    desk = Workstation.objects.get()
    page = f"/practice/{main_street.pk}/workstation/retire/"
    assert adele.post(page, {"workstation": str(desk.pk)}).status_code == 303
    adele.post("/account/logout/")
    assert "Front desk 1" not in adele.get("/account/login/").content.decode()


def test_sets_door_hours_and_says_what_is_wrong_with_them(adele: Client, main_street: Location) -> None:
    page = f"/practice/{main_street.pk}/door-hours/"
    assert adele.post(page, {"opens_0_0": "08:00", "closes_0_0": "17:00"}).status_code == 303
    assert DoorHours.objects.get().weekday == 0
    for wrong in ({"opens_0_0": "08:00"}, {"opens_0_0": "17:00", "closes_0_0": "08:00"}):
        assert adele.post(page, wrong).status_code == 422
    assert DoorHours.objects.count() == 1


def test_adds_a_room_once_and_takes_it_out_of_use(adele: Client, main_street: Location) -> None:
    page = f"/practice/{main_street.pk}/rooms/"
    assert adele.post(f"{page}add/", {"name": "9", "kind": "exam"}).status_code == 303
    assert adele.post(f"{page}add/", {"name": "9", "kind": "exam"}).status_code == 422
    room = main_street.rooms.get(name="9")
    assert adele.post(f"{page}use/", {"room": str(room.pk)}).status_code == 303
    room.refresh_from_db()
    assert not room.is_active


def test_adds_and_changes_a_location_in_a_zone_that_exists(adele: Client) -> None:
    typed = {"name": "West", "short_name": "West", "zone": "Mars/Base", "place_of_service": "11"}
    assert adele.post("/practice/add/", typed).status_code == 422
    added = adele.post("/practice/add/", typed | {"zone": "America/Denver"})
    assert added.status_code == 303
    assert (
        adele.post(f"{added['Location']}change/", typed | {"zone": "America/Denver", "city": "Ada"}).status_code == 303
    )
    assert Location.objects.get(name="West").city == "Ada"
