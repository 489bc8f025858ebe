"""Reading people for comparison out of a CSV file whose columns are known by name, in whatever order and form."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TextIO

from office.patients.rules.addresses import number_and_street, postal_code, street
from office.patients.rules.matching import FIELDS, Person
from office.patients.rules.names import fold

#: What a column may be called (folded, without spaces), for each field and the record's own id.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("recid", "id", "recordid", "patientid", "mrn", "key", "uid", "personid"),
    "given_name": ("givenname", "given", "firstname", "first", "fname", "forename"),
    "surname": ("surname", "familyname", "family", "lastname", "last", "lname"),
    "date_of_birth": ("dateofbirth", "birthdate", "dob", "birthday", "born"),
    "street_number": ("streetnumber", "streetno", "housenumber", "houseno", "number"),
    "street": ("address1", "street", "address", "addressline1", "line1", "streetname", "streetaddress", "line"),
    "street_2": ("address2", "addressline2", "line2", "street2"),
    "city": ("suburb", "city", "town", "locality"),
    "postcode": ("postcode", "postalcode", "zip", "zipcode"),
    "state": ("state", "stateterritory", "province"),
    "phone": ("phone", "phonenumber", "telephone", "mobile", "cell", "cellphone", "homephone"),
    "ssn": ("socsecid", "ssn", "socialsecuritynumber", "socsec"),
}
_FIELD_OF = {column: name for name, columns in COLUMNS.items() for column in columns}
PERSONAL = {"given_name", "surname", "date_of_birth"}


class UnreadableFile(Exception):
    """The file cannot be compared at all; the message says why."""


def read_people(file: TextIO, *, with_ssn: bool, fault: list[str]) -> list[Person]:
    """Return the file's records; what is wrong with single lines is added to ``fault``.

    Raises UnreadableFile when it has no header, no id column, or neither a name nor a birth date.
    """
    try:
        rows = csv.reader(file, skipinitialspace=True, strict=True)
        header = next(rows, None)
        if not header:
            raise UnreadableFile("is empty")
        places = _places(header, with_ssn=with_ssn)
        found = list(_rows(rows, places, len(header), fault))
    except csv.Error as wrong:
        raise UnreadableFile(f"is not a CSV file: {wrong} (line {rows.line_num})") from wrong
    except UnicodeDecodeError as wrong:
        raise UnreadableFile("is not text in UTF-8") from wrong
    births = birth_digits([row.get("date_of_birth", "") for row in found])
    return [_person(row, born) for row, born in zip(found, births, strict=True)]


def _places(header: Sequence[str], *, with_ssn: bool) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, column in enumerate(header):
        name = _FIELD_OF.get(fold(column.lstrip("\ufeff")).replace(" ", ""))
        if name and name not in places and (name != "ssn" or with_ssn):
            places[name] = place
    if "id" not in places:
        raise UnreadableFile("has no id column (rec_id, id, mrn …)")
    if not PERSONAL & set(places):
        raise UnreadableFile("has no column for given_name, surname or date_of_birth")
    return places


def _rows(
    rows: Iterable[list[str]], places: Mapping[str, int], width: int, fault: list[str]
) -> Iterable[dict[str, str]]:
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != width:
            fault.append(f"line {number} has {len(row)} cells, the header {width}; left out")
            continue
        values = {name: row[place].strip() for name, place in places.items()}
        if not values["id"] or values["id"] in seen:
            fault.append(f"line {number} {'repeats an id' if values['id'] else 'has no id'}; left out")
            continue
        seen.add(values["id"])
        yield values


def _person(row: Mapping[str, str], born: str) -> Person:
    number, line = number_and_street(row.get("street", ""))
    if "street_number" in row:
        number, line = fold(row["street_number"]), street(row.get("street", ""))
    values = {
        "given_name": fold(row.get("given_name", "")),
        "surname": fold(row.get("surname", "")),
        "date_of_birth": born,
        "street_number": number,
        "street": line,
        "street_2": street(row.get("street_2", "")),
        "city": fold(row.get("city", "")),
        "postcode": postal_code(row.get("postcode", "")),
        "state": fold(row.get("state", "")),
        "phone": re.sub(r"\D", "", row.get("phone", ""))[-7:],
        "ssn": re.sub(r"\D", "", row.get("ssn", "")),
    }
    return Person(row["id"], tuple(values[kind.name] for kind in FIELDS))


def birth_digits(column: Sequence[str]) -> list[str]:
    """Return each date of a column as YYYYMMDD; how it was written is told from the whole column.

    A date that is no day in the calendar keeps its digits, since a slip of the pen may still show who it is.
    """
    parts = [re.findall(r"\d+", text.split("T")[0]) for text in column]
    three = [part for part in parts if len(part) == 3]
    runs = [part[0] for part in parts if len(part) == 1 and len(part[0]) == 8]
    year_first = sum(_is_a_day(run[:4], run[4:6], run[6:]) for run in runs)
    month_first = sum(_is_a_day(run[4:], run[:2], run[2:4]) for run in runs)
    day_first = sum(_is_a_day(run[4:], run[2:4], run[:2]) for run in runs)
    order = max((year_first, 2, "ymd"), (month_first, 1, "mdy"), (day_first, 0, "dmy"))[2]
    days_first = sum(int(part[0]) > 12 >= int(part[1]) for part in three if len(part[0]) < 3)
    days_second = sum(int(part[1]) > 12 >= int(part[0]) for part in three if len(part[0]) < 3)
    return [_digits(part, order, day_first=days_first > days_second) for part in parts]


def _digits(part: Sequence[str], order: str, *, day_first: bool) -> str:
    if len(part) == 3:
        year, month, day = part if len(part[0]) == 4 else (part[2], part[1], part[0])
        if len(part[0]) != 4 and not day_first:
            month, day = day, month
        if len(year) == 2:
            year = f"{'20' if int(year) <= date.today().year % 100 else '19'}{year}"  # noqa: DTZ011
        return f"{year}{int(month):02d}{int(day):02d}"
    run = "".join(part)
    if len(run) != 8 or order == "ymd":
        return run
    month, day = (run[:2], run[2:4]) if order == "mdy" else (run[2:4], run[:2])
    return run[4:] + month + day


def _is_a_day(year: str, month: str, day: str) -> bool:
    return 1850 <= int(year) <= 2100 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31
