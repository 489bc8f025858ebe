"""The page that says who may do what is the code's own."""

from django.conf import settings

from office.staff.who_may import page


def test_who_may_do_what_is_up_to_date() -> None:
    path = settings.ROOT / "docs" / "compliance" / "who-may-do-what.md"
    assert path.read_text("utf-8") == page(), "Run ./run who_may and commit docs/compliance/who-may-do-what.md."
