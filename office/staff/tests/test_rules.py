"""Names that cannot be confused, and where the work of a leaver goes."""

from hypothesis import given
from hypothesis import strategies as st

from office.staff import rules
from office.staff.permissions import RoleName

ROLES = st.lists(st.sampled_from([role.value for role in RoleName]), unique=True)


@given(st.text(max_size=50))
def test_folding_twice_is_folding_once(name: str) -> None:
    once = rules.folded(name)
    if rules.objection_to_username(once, taken=()) is None:
        assert rules.folded(once) == once
        assert once.isascii()


@given(st.from_regex(rules.USERNAME, fullmatch=True))
def test_a_taken_name_is_refused_in_any_case(name: str) -> None:
    assert rules.objection_to_username(name, taken=()) is None
    assert rules.objection_to_username(rules.folded(f" {name.upper()} "), taken={name})


@given(ROLES)
def test_the_work_of_a_leaver_goes_to_a_role_they_had_or_the_supervisor(roles: list[str]) -> None:
    queue = rules.queue_of(roles)
    assert queue in roles or queue == "supervisor"
    if set(roles) - {"administrator", "privacy_officer"}:
        assert queue not in {"administrator", "privacy_officer"}


@given(st.sets(st.one_of(st.none(), st.text(max_size=3))), st.one_of(st.none(), st.text(max_size=3)))
def test_only_a_manager_of_everywhere_reaches_everywhere(manages: set[str | None], wanted: str | None) -> None:
    reaches = rules.objection_to_reach(manages=manages, wanted=wanted) is None
    assert reaches == (None in manages or wanted in manages)
