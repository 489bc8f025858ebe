"""`./run` alone: from nothing to the served demo office. A blank state is served as it is; a real office refuses."""

import shutil
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from config import clock, state
from office.core import serving
from office.core.commands import CannotDo, OfficeCommand, ready_tables
from office.home.demo import load, sign_ins
from office.home.demo.calendar import as_of, working_day
from office.home.demo.office import ZONE


class Command(OfficeCommand):
    help = "Make the demo office and serve it."
    needs_tables = False

    def work(self, **options: Any) -> int:
        kind = state.kind()
        if kind not in (None, "demo", "blank"):
            raise CannotDo(
                f"{state.folder()} holds {'an office' if kind == 'office' else kind}, not the demo. "
                "Serve it with ./run serve, or choose another folder for the demo with FRONTDESK_VAR."
            )
        serving.require_free_port()
        if kind == "blank":
            ready_tables()
        else:
            self._make_demo()
        return serving.serve(with_worker=True, say_ready=self._say_ready)

    def _make_demo(self) -> None:
        """Lay out the demo of today, unless it is there; that of an earlier day is made anew."""
        state.become("demo")
        really = datetime.now(ZONE)
        day = state.folder() / "demo-day"
        if day.exists() and day.read_text(encoding="utf-8").strip() == really.date().isoformat():
            ready_tables()
            return
        if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
            self._forget()
        ready_tables()
        moment = as_of(working_day(really.date()), really, ZONE)
        clock.set_to(moment, really=really)
        clock.run()
        self.note("Making the demo office: about ten seconds.")
        load(moment.date(), moment, lambda what: self.note(f"  {what}"))
        day.write_text(f"{really.date().isoformat()}\n", encoding="utf-8")

    def _forget(self) -> None:
        """Remove an earlier day's demo, or one whose making was broken off. Keys stay."""
        connection.close()
        name = state.folder() / "frontdesk.sqlite3"
        for path in (name, name.with_name(f"{name.name}-wal"), name.with_name(f"{name.name}-shm")):
            path.unlink(missing_ok=True)
        for folder in ("files", "audit"):
            shutil.rmtree(state.folder() / folder, ignore_errors=True)

    def _say_ready(self) -> None:
        self.put({"address": serving.address()}, f"Frontdesk is ready: {serving.address()}")
        if state.kind() == "demo":
            self.note(f"In the demo it is {datetime.now(ZONE) + clock.ahead():%A, %B %-d, %-I:%M %p}.")
            people = [f"  {name:<10} {password:<24} {who}, {role}" for name, password, who, role in sign_ins()]
            self.note("\n".join(["Sign in as:", *people]))
            self.note("Everyone in it is invented. Nothing leaves this machine: messages go to a page of their own.")
        self.note("Stop with Ctrl C.")
