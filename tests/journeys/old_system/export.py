"""A patients' table of 2,000 rows in which everything is wrong that exports get wrong, and the count of each.

The same seed writes the same file. Every line's fate is known from how it was made.
"""

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

HEADER = [
    "PID", "LNAME", "FNAME", "MI", "DOB", "SEX", "PHONE_CELL", "EMAIL", "STREET", "CITY", "STATE", "ZIP", "SS",
    "X_FLAG",
]  # fmt: skip
_FAMILIES = (
    "Muñoz", "O'Neill", "Castellan", "Nguyen", "Peña", "García López", "de la Cruz", "Müller", "Kowalski", "Okafor",
    "Brandão", "Smith", "Ybarra", "Duclós", "Fitzgerald", "Hernández", "Ivanova", "Jørgensen", "Ng", "Lindqvist",
    "Pham", "Quispe", "Rasmussen", "Sandoval", "Tanaka", "Ulloa", "Vázquez", "Whitfield", "Xiong", "Zielinski",
)  # fmt: skip
_GIVENS = (
    "Inés", "José", "René", "Zoë", "Anaïs", "Björn", "Chloé", "Darius", "Eleni", "Farid", "Greta", "Hyun", "Imani",
    "Jorge", "Katya", "Lior", "Mei", "Noor", "Óscar", "Priya", "Quentin", "Rosa", "Søren", "Tomás", "Ulrike", "Viktor",
    "Wanda", "Ximena", "Yusuf", "Zainab",
)  # fmt: skip
_STREETS = ("Alder St", "Juniper Ave", "Foster Rd", "Hawthorne Blvd", "Belmont Ct", "Killingsworth St", "Lombard Way")


@dataclass
class Export:
    """The file's bytes, what became of how many rows, and the lines that must be rejected."""

    data: bytes = b""
    expected: Counter[str] = field(default_factory=Counter)
    rejected: dict[int, str] = field(default_factory=dict)


def messy_export(rows: int = 2_000, seed: int = 7) -> Export:
    """Return the export: Windows-1252, month first in four forms, with trouble in every tenth row or so."""
    dice = random.Random(seed)
    made = Export()
    lines: list[list[str]] = []
    clean: list[list[str]] = []
    for number in range(rows):
        row = _person(dice, number)
        trouble = _TROUBLE.get(number % 97)
        if trouble and (trouble != "twice" or clean):
            row, outcome = _spoil(row, trouble, clean)
        else:
            outcome = "created"
            clean.append(row)
        lines.append(row)
        made.expected[outcome] += 1
        if outcome == "rejected":
            made.rejected[number + 2] = trouble or ""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(HEADER)
    out.writerows(lines)
    made.data = text.getvalue().encode("cp1252")
    return made


#: What is wrong with the rows whose number leaves this rest.
_TROUBLE = {
    5: "two people", 11: "no such day", 17: "twice", 23: "only a phone", 29: "phone beside the name",
    41: "no area code", 53: "day first", 71: "a formula", 83: "twice",
}  # fmt: skip


#: How each trouble with a cell looks: which cell, and what stands in it; {} is what stood there before.
_SPOILED = {
    "two people": ((2, "{} & Mary"),),
    "no such day": ((4, "02/30/1971"),),
    "only a phone": ((1, "(503) 555-0142"), (2, "")),
    "phone beside the name": ((1, "{} (503) 555-0143"),),
    "no area code": ((6, "cell 5550171 Luis"),),
    "day first": ((4, "31/01/1960"),),
    "a formula": ((1, "=HYPERLINK(1)"),),
}


def _spoil(row: list[str], trouble: str, clean: list[list[str]]) -> tuple[list[str], str]:
    if trouble == "twice":
        return list(clean[-1]), "unchanged"
    row = list(row)
    for place, text in _SPOILED[trouble]:
        row[place] = text.format(row[place])
    return row, "created" if trouble == "phone beside the name" else "rejected"


def _person(dice: random.Random, number: int) -> list[str]:
    family, given = _FAMILIES[number % 30], _GIVENS[number // 30 % 30]
    born = date(1932, 1, 1) + timedelta(days=(number * 7_919 + 13) % 33_000)
    code = dice.choice(["02139", "97202", "01060", "07030"])
    return [
        f"{number + 100:05}",
        family,
        given,
        "ABCDEFGHJKLM"[number // 900 % 12] if number % 3 else "",
        _written(born, number),
        dice.choice(["F", "M", "Female", "male", "U"]),
        dice.choice(["({0}) {1}-{2}", "{0}{1}{2}", "{0}-{1}-{2}", "1-{0}-{1}-{2}", "{0}.{1}.{2}"]).format(
            503 + number % 5, 200 + number // 10_000, f"{number % 10_000:04}"
        ),
        f"p{number}@example.org" if number % 4 else "",
        f"{number + 1} {_STREETS[number % 7]}",
        "Northampton" if code == "01060" else "Portland",
        "MA" if code.startswith("0") else "OR",
        code.lstrip("0") if number % 2 else code,  # as Excel leaves it
        "",
        dice.choice(["Y", "N", ""]),
    ]


def _written(born: date, number: int) -> str:
    """A birth date in one of the forms that one column mixes: month first, ISO with a time, by name, Excel's days."""
    match number % 5:
        case 0:
            return f"{born:%m/%d/%Y}"
        case 1:
            return f"{born.month}/{born.day}/{born.year}"
        case 2:
            return f"{born:%Y-%m-%d} 00:00:00"
        case 3:
            return f"{born:%d-%b-%Y}"
    return str((born - date(1899, 12, 30)).days) if born.year > 1932 else f"{born:%Y%m%d}"
