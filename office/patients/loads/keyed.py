"""Rows about patients that a key of their own makes one: whose it is, found first. The shape four kinds share."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from office.patients.loads.finding import Patients, Unfound
from office.practice.loads import keyed
from office.practice.loads.keyed import Held, Wrong
from office.practice.loads.kinds import Line

__all__ = ["Held", "PatientRun", "Wanted", "Wrong"]


@dataclass
class Wanted(keyed.Wanted):
    """What a row asks for, and whose it is."""

    patient_id: UUID


class PatientRun(keyed.KeyedRun[Wanted]):
    """One load of such a kind."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.patients = Patients()

    def prepare(self, lines: Sequence[Line]) -> None:
        self.patients.prepare(lines)

    def read(self, line: Line) -> Wanted:
        try:
            patient_id = self.patients.whose(line.values)
        except Unfound as fault:
            raise Wrong(str(fault)) from fault
        return self.read_of(line, patient_id)

    @abstractmethod
    def read_of(self, line: Line, patient_id: UUID) -> Wanted:
        """Return what the row asks for. Raises Wrong."""
