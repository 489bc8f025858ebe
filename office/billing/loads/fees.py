"""A fee schedule as a kind of table: one price a row. A table without dates holds from the day it is loaded."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from office.billing.actions.fees import SAID, load_fees, take_back_fees
from office.billing.models import Fee
from office.billing.rules import fees as rules
from office.billing.rules.fees import Price
from office.core.actors import Actor
from office.core.tables.columns import Shape
from office.practice.loads.keyed import Held, KeyedRun, Wanted, Wrong
from office.practice.loads.kinds import Field, Kind, Line, Loaded, TakenBack

#: Headings of OpenEMR (prices), Kareo/Tebra's and eClinicalWorks' fee schedules, payers' tables and plain spreadsheets.
FIELDS = (
    Field("code", "Code", (
        "cpt", "cptcode", "hcpcs", "hcpcscode", "cpthcpcs", "cpthcpcscode", "hcpcscpt", "procedurecode", "procedure",
        "proccode", "proc", "servicecode", "billingcode", "codenumber", "codenr",
    ), longest=30),
    Field("modifiers", "Modifiers", (
        "modifier", "mod", "mods", "modifier1", "mod1", "cptmodifier", "m1",
    ), longest=30),
    Field("second_modifier", "Second modifier", ("modifier2", "mod2", "m2"), longest=10),
    Field("place_of_service", "Place of service", ("pos", "poscode", "placeofservicecode"), longest=4),
    Field("words", "Called", (
        "description", "desc", "codetext", "shortdescription", "proceduredescription", "procedurename", "servicename",
        "name", "codename", "codedescription", "longdescription",
    ), longest=200),
    Field("amount", "Price", (
        "fee", "charge", "price", "standardfee", "standardcharge", "chargeamount", "feeamount", "unitcharge",
        "unitprice", "prprice", "billedamount", "defaultcharge", "rate", "unitfee", "officefee", "ucr",
    ), Shape.MONEY),
    Field("starts_on", "Holds from", (
        "effectivedate", "effective", "effectivefrom", "startdate", "from", "fromdate", "validfrom", "begindate",
    ), Shape.DATE),
    Field("ends_on", "Last day", (
        "enddate", "effectiveto", "effectiveuntil", "to", "todate", "until", "validto", "expirationdate",
        "terminationdate", "termdate",
    ), Shape.DATE),
)  # fmt: skip
#: A table without such a column says nothing about it, and changes nothing of it.
_MAY_SAY = ("words", "ends_on")


class FeesRun(KeyedRun[Wanted]):
    """One load of prices. A line has one price on a day: a second one in the table is a question, not a correction."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.met: dict[tuple[Any, ...], int] = {}

    def read(self, line: Line) -> Wanted:
        values = line.values
        code, modifiers = _code(values)
        place = _place(values.get("place_of_service", ""))
        amount = values.get("amount")
        if amount is None:
            raise Wrong("Price: there is no amount")
        starts, ends = values.get("starts_on", self.today), values.get("ends_on")
        if ends and ends < starts:
            raise Wrong("Last day: it ends before it begins")
        fields = {"amount_cents": int(amount * 100), **{name: values[name] for name in _MAY_SAY if name in values}}
        if objection := rules.objection_to_amount(fields["amount_cents"]):
            raise Wrong(f"Price: {objection[0].lower()}{objection[1:]}")
        key = (code, modifiers, place, starts)
        if key in self.met:
            raise Wrong(f"A second price of the same code and day; the first stands in line {self.met[key]}")
        self.met[key] = line.number
        return Wanted(key, fields)

    def held(self, wanted: Sequence[Wanted]) -> dict[tuple[Any, ...], Held]:
        """Return the price of that very day; else the one that holds then, when the table says the same again."""
        by_line: dict[tuple[str, str, str], list[Fee]] = {}
        for row in Fee.objects.filter(code__in={one.key[0] for one in wanted}):
            by_line.setdefault(row.line, []).append(row)
        held = {}
        for one in wanted:
            *line, starts = one.key
            rows = by_line.get(tuple(line), [])
            same_day = next((row for row in rows if row.starts_on == starts), None)
            found = same_day or _in_force(rows, starts)
            if found and (same_day or all(getattr(found, name) == value for name, value in one.fields.items())):
                held[one.key] = Held(found.pk, {name: getattr(found, name) for name in SAID})
        return held

    def write(self, actor: Actor, new: Sequence[Wanted], changed: Sequence[tuple[Held, Wanted]]) -> None:
        rows = {row.pk: row for row in Fee.objects.filter(pk__in=[before.id for before, _ in changed])}
        for before, one in changed:
            for name, value in one.fields.items():
                setattr(rows[before.id], name, value)
        load_fees(actor, new=[_fee(one) for one in new], changed=list(rows.values()))


def _code(values: dict[str, Any]) -> tuple[str, str]:
    code, behind = rules.code_of(re.sub(r"\.0$", "", values.get("code", "")))
    if not code:
        raise Wrong("Code: there is none")
    if rules.lost_its_zeros(code):
        raise Wrong(f"Code: “{code}” is too short. A spreadsheet may have taken its first zeros: write it as text")
    modifiers = rules.modifiers_of(behind, values.get("modifiers", ""), values.get("second_modifier", ""))
    if objection := rules.objection_to_code(code):
        raise Wrong(f"Code: “{code[:20]}”: {objection.lower()}")
    if objection := rules.objection_to_modifiers(modifiers):
        raise Wrong(f"Modifiers: “{modifiers[:20]}”: {objection.lower()}")
    return code, modifiers


def _place(said: str) -> str:
    place = re.sub(r"\.0$", "", said).zfill(2) if said else ""
    if place and not re.fullmatch(r"\d\d", place):
        raise Wrong(f"Place of service: “{said}” is not two digits")
    return place


def _in_force(rows: Sequence[Fee], on: date) -> Fee | None:
    by_price = {Price(*row.line, row.amount_cents, row.starts_on, row.ends_on): row for row in rows}
    found = rules.in_force(by_price, on=on)
    return by_price[found] if found else None


def _fee(one: Wanted) -> Fee:
    code, modifiers, place, starts = one.key
    return Fee(pk=one.id, code=code, modifiers=modifiers, place_of_service=place, starts_on=starts, **one.fields)


def _take_back(actor: Actor, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    return take_back_fees(actor, rows=rows, at=at)


FEES = Kind("fees", "Fee schedule", FIELDS, (("code",), ("amount",)), FeesRun, _take_back, comes_again=True)
