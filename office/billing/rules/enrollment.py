"""Enrollment with a payer: the transactions, the states, and when an answer is overdue. Values alone."""

from datetime import date, timedelta
from enum import StrEnum

#: After how long a request that was not answered is asked about again; payers say two to six weeks.
ANSWER_WITHIN = timedelta(days=30)


class Transaction(StrEnum):
    """What a provider is enrolled for; the value goes into addresses."""

    CLAIMS = "837P"
    ERA = "835"
    ELIGIBILITY = "270"
    CLAIM_STATUS = "276"

    @property
    def label(self) -> str:
        return _TRANSACTIONS[self]


_TRANSACTIONS = {
    Transaction.CLAIMS: "Claims (837P)",
    Transaction.ERA: "ERA (835)",
    Transaction.ELIGIBILITY: "Eligibility (270/271)",
    Transaction.CLAIM_STATUS: "Claim status (276/277)",
}


class State(StrEnum):
    """How it stands."""

    NOT_NEEDED = "not_needed"
    TO_REQUEST = "to_request"
    REQUESTED = "requested"
    APPROVED = "approved"
    DENIED = "denied"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


#: The first letters are the keys of the screen.
KEYS = {"n": State.NOT_NEEDED, "t": State.TO_REQUEST, "r": State.REQUESTED, "a": State.APPROVED, "d": State.DENIED}
READY = frozenset({State.NOT_NEEDED, State.APPROVED})
DATED = frozenset({State.REQUESTED, State.APPROVED, State.DENIED})


def follow_up_from(today: date) -> date:
    """Return the latest day on which a request was made that is overdue today."""
    return today - ANSWER_WITHIN


def is_overdue(state: State, on: date | None, *, today: date) -> bool:
    """Tell whether somebody must ask the payer what became of the request."""
    return state is State.REQUESTED and on is not None and on <= follow_up_from(today)


def times_overdue(on: date, *, today: date) -> int:
    """Return how many whole waits have passed since the request: the task is asked anew for each."""
    return max(0, (today - on) // ANSWER_WITHIN)


def objection_to(state: State, on: date | None, note: str, *, today: date) -> str | None:
    """Return why this cannot be written down, or None."""
    if state in DATED and on is None:
        return f"{state.label} on which day?"
    if on is not None and on > today:
        return "This day is still to come."
    if state is State.DENIED and not note.strip():
        return "Say why they denied it, as their letter has it."
    return None
