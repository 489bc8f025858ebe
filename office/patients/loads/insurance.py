"""Insurance as a kind of table: one coverage of one patient a row."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from office.core.actors import Actor
from office.core.tables.columns import Shape
from office.patients.actions.tables import Cover, load_coverages, take_back_coverages
from office.patients.loads.finding import NEEDS_SOMEONE, WHOSE
from office.patients.loads.keyed import Held, PatientRun, Wanted, Wrong
from office.patients.models import Coverage
from office.patients.queries.payers import payers_by_name
from office.practice.loads.kinds import Field, Kind, Line, Loaded, TakenBack

#: Headings of OpenEMR (insurance_data), Practice Fusion, Kareo/Tebra, eClinicalWorks and plain spreadsheets.
FIELDS = (
    *WHOSE,
    Field("payer", "Insurer", (
        "provider", "insurance", "insurancename", "insurancecompany", "insurancecompanyname", "payername", "carrier",
        "carriername", "insname", "primaryinsurance", "primaryinsurancename", "ins1name", "insurer", "company",
        "primaryinsurancepolicycompanyname", "primaryinsurancecompany",
    ), longest=120),
    Field("plan", "Plan", (
        "planname", "insuranceplan", "insuranceplanname", "product", "ins1plan", "primaryinsurancepolicyplanname",
    ), longest=120),
    Field("member_id", "Member ID", (
        "policynumber", "memberid", "memberno", "membernumber", "subscriberid", "subscriberno", "insuredid",
        "policyid", "policyno", "insuranceid", "ins1id", "primaryinsurancepolicynumber", "idnumber", "certificateno",
    ), longest=40),
    Field("group_number", "Group number", (
        "groupno", "group", "groupid", "grpno", "policygroupno", "ins1group", "primaryinsurancepolicygroupnumber",
    ), longest=40),
    Field("rank", "Order of payment", (
        "type", "order", "priority", "sequence", "seqno", "insurancetype", "precedence", "coverageorder",
    ), longest=20),
    Field("relation", "Relation to subscriber", (
        "subscriberrelationship", "relationship", "relationshiptosubscriber", "relationtoinsured",
        "patientrelationship", "rel",
    ), longest=40),
    Field("subscriber_name", "Subscriber", (
        "subscriber", "insuredname", "policyholder", "policyholdername", "guarantor",
    ), longest=160),
    Field("subscriber_birth_date", "Subscriber's birth date", (
        "subscriberdob", "insureddob", "policyholderdob",
    ),
          Shape.DATE, past=True),
    Field("starts_on", "Starts on", (
        "effectivedate", "startdate", "date", "policystartdate", "effective", "begindate",
        "primaryinsurancepolicyeffectivestartdate",
    ), Shape.DATE),
    Field("ends_on", "Ends on", (
        "enddate", "dateend", "terminationdate", "termdate", "expirationdate", "policyenddate",
        "primaryinsurancepolicyeffectiveenddate",
    ), Shape.DATE),
    Field("copay_cents", "Copay", (
        "copay", "copayamount", "copaydue", "officecopay", "primaryinsurancepolicycopay",
    ),
          Shape.MONEY),
)  # fmt: skip

_RANKS = {
    "primary": 1, "p": 1, "1": 1, "1st": 1, "secondary": 2, "s": 2, "2": 2, "2nd": 2, "tertiary": 3, "t": 3, "3": 3,
    "3rd": 3,
}  # fmt: skip
_RELATIONS = {
    "self": "self", "s": "self", "18": "self", "insured": "self", "spouse": "spouse", "01": "spouse", "wife": "spouse",
    "husband": "spouse", "partner": "spouse", "child": "child", "19": "child", "son": "child", "daughter": "child",
}  # fmt: skip
_SAID = (
    "rank", "member_id", "group_number", "relation", "subscriber_name", "subscriber_birth_date", "starts_on", "ends_on",
    "copay_cents",
)  # fmt: skip


class InsuranceRun(PatientRun):
    """One load of insurance."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.payers = payers_by_name()

    def read_of(self, line: Line, patient_id: UUID) -> Wanted:
        values = line.values
        payer, member = values.get("payer"), values.get("member_id")
        if not payer or not member:
            raise Wrong("There is no insurer" if not payer else "There is no member ID")
        if re.search(r"\d[.,]?\d*E\+\d", member):
            raise Wrong(f"Member ID: “{member}” lost its digits in a spreadsheet")
        fields = {name: values[name] for name in _SAID if name in values}
        if "rank" in fields:
            fields["rank"] = _known(_RANKS, fields["rank"], "Order of payment")
        if "relation" in fields:
            fields["relation"] = _RELATIONS.get(str(fields["relation"]).casefold(), "other")
        if "copay_cents" in fields:
            fields["copay_cents"] = int(fields["copay_cents"] * 100)
            if fields["copay_cents"] < 0:
                raise Wrong("Copay: it is less than nothing")
        starts, ends = fields.get("starts_on"), fields.get("ends_on")
        if starts and ends and ends < starts:
            raise Wrong("Ends on: it ends before it starts")
        fields["payer"], fields["plan"] = payer, values.get("plan", payer)
        known = self.payers.get(payer.casefold())
        return Wanted(_key(patient_id, known.name if known else payer, member), fields, patient_id)

    def held(self, wanted: Sequence[Wanted]) -> dict[tuple[Any, ...], Held]:
        rows = Coverage.objects.filter(patient__in={one.patient_id for one in wanted}).select_related("plan__payer")
        return {
            _key(row.patient_id, row.plan.payer.name, row.member_id): Held(
                row.pk,
                {
                    **{name: getattr(row, name) for name in _SAID},
                    "payer": row.plan.payer.name,
                    "plan": row.plan.name,
                },
            )
            for row in rows
        }

    def check(self, wanted: Wanted, before: Held | None) -> None:
        if before:
            # What makes the row the same is not a change, and a plan once chosen here stays.
            for name in ("payer", "plan", "member_id"):
                wanted.fields.pop(name, None)

    def write(self, actor: Actor, new: Sequence[Wanted], changed: Sequence[tuple[Held, Wanted]]) -> None:
        rows = {row.pk: row for row in Coverage.objects.filter(pk__in=[before.id for before, _ in changed])}
        fresh = {one.id: _cover(one) for one in new}
        for before, wanted in changed:
            row = rows.get(before.id) or fresh[before.id].coverage
            for name, value in wanted.fields.items():
                setattr(row, name, value)
        load_coverages(actor, new=list(fresh.values()), changed=list(rows.values()), fields=_SAID)


def _cover(one: Wanted) -> Cover:
    own = {name: value for name, value in one.fields.items() if name in _SAID}
    return Cover(Coverage(pk=one.id, patient_id=one.patient_id, **own), one.fields["payer"], one.fields["plan"])


def _key(patient_id: UUID, payer: str, member: str) -> tuple[Any, ...]:
    return (patient_id, payer.casefold(), re.sub(r"[^A-Z0-9]", "", member.upper()))


def _known(words: Mapping[str, int], text: Any, label: str) -> int:
    found = words.get(str(text).casefold())
    if found is None:
        raise Wrong(f"{label}: “{text}” is not primary, secondary or tertiary")
    return found


def _take_back(actor: Actor, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    return take_back_coverages(actor, rows=rows, at=at)


INSURANCE = Kind(
    "insurance", "Insurance", FIELDS, (NEEDS_SOMEONE, ("payer",), ("member_id",)), InsuranceRun, _take_back
)
