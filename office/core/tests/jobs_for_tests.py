"""Jobs that do what the tests need: succeed, fail, be refused."""

from office.core.actions import Refused
from office.core.jobs import job

done: list[str] = []


@job(attempts=3)
def succeed(what: str) -> None:
    done.append(what)


@job(attempts=3)
def fail(secret: str) -> None:
    raise ValueError(f"{secret} lives at 12 Elm Street")


@job(attempts=3)
def be_refused() -> None:
    raise Refused("That time has passed.")


@job()
def tick() -> None:
    done.append("tick")
