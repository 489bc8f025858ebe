"""The identifiers and codes of an office: whether one can be right, and what was probably meant. Values alone."""

import re
from itertools import pairwise

#: CMS's Place of Service Code Set, as far as an office works there; the words are ours.
PLACES_OF_SERVICE = {
    "11": "Office",
    "20": "Urgent care",
    "19": "Outpatient, off the hospital's campus",
    "22": "Outpatient, on the hospital's campus",
    "49": "Independent clinic",
    "50": "Federally qualified health center",
    "53": "Community mental health center",
    "71": "Public health clinic",
    "72": "Rural health clinic",
    "81": "Independent laboratory",
}
#: What kind of practice or person a claim comes from: codes of the Health Care Provider Taxonomy, words of ours.
TAXONOMIES = {
    "207Q00000X": "Family medicine",
    "207R00000X": "Internal medicine",
    "208000000X": "Pediatrics",
    "207V00000X": "Obstetrics and gynecology",
    "207N00000X": "Dermatology",
    "207X00000X": "Orthopedic surgery",
    "2084P0800X": "Psychiatry",
    "261QP2300X": "Primary care clinic",
    "261QU0200X": "Urgent care clinic",
    "363L00000X": "Nurse practitioner",
    "363LF0000X": "Nurse practitioner, family",
    "363A00000X": "Physician assistant",
    "363AM0700X": "Physician assistant, medical",
    "103T00000X": "Psychologist",
    "1041C0700X": "Clinical social worker",
    "163W00000X": "Registered nurse",
}
#: States and territories with a postal code.
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}  # fmt: skip
#: The clocks of the United States, as people call them.
ZONES = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Mountain, without daylight time (Arizona)",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "America/Adak": "Aleutian",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Atlantic (Puerto Rico, Virgin Islands)",
    "Pacific/Guam": "Chamorro (Guam, Northern Marianas)",
    "Pacific/Pago_Pago": "Samoa",
}
#: The health sector's prefix and the country's, which every NPI is checked with (45 CFR 162.406; ISO/IEC 7812-1).
NPI_PREFIX = "80840"


def npi_fits(npi: str) -> bool:
    """Tell whether ten digits end in the check digit of a National Provider Identifier."""
    if not re.fullmatch(r"[12]\d{9}", npi):
        return False
    total = 0
    for place, digit in enumerate(reversed(NPI_PREFIX + npi)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def npi_repairs(npi: str) -> list[str]:
    """Return the numbers that fit when two neighboring digits of ``npi`` changed places, the last pair first."""
    swapped = [
        f"{npi[:place]}{second}{first}{npi[place + 2 :]}"
        for place, (first, second) in enumerate(pairwise(npi))
        if first != second
    ]
    return [one for one in reversed(swapped) if npi_fits(one)]


def objection_to_npi(npi: str) -> str | None:
    """Return why this cannot be an NPI, with what would fit, or None."""
    if npi_fits(npi):
        return None
    if not re.fullmatch(r"\d{10}", npi):
        return f"An NPI has 10 digits; this has {len(re.findall(r'[0-9]', npi))}."
    if npi[0] not in "12":
        return "An NPI starts with 1 or 2."
    near = npi_repairs(npi)
    hint = f" Two digits may have changed places: {' or '.join(near[:2])} would fit." if near else " Check each digit."
    return f"The last digit does not fit the rest.{hint}"


def objection_to_tin(tin: str) -> str | None:
    """Return why these digits cannot be a tax number (EIN, or a sole owner's number), or None."""
    if not re.fullmatch(r"\d{9}", tin):
        return f"A tax number has 9 digits; this has {len(tin)}."
    return "That is a row of one digit, not a tax number." if len(set(tin)) == 1 else None


def objection_to_taxonomy(code: str) -> str | None:
    """Return why this cannot be a taxonomy code, or None."""
    return None if re.fullmatch(r"[0-9A-Z]{9}X", code) else "A taxonomy code has 10 characters and ends in X."


def objection_to_clia(number: str) -> str | None:
    """Return why this cannot be a CLIA number (42 CFR 493), or None."""
    return None if re.fullmatch(r"\d{2}D\d{7}", number) else "A CLIA number has two digits, a D and seven digits."


def objection_to_zip(code: str, *, whole: bool = False) -> str | None:
    """Return why this cannot be a ZIP code, or None; a ``whole`` one has all nine digits (ZIP+4), as claims need."""
    if not re.fullmatch(r"\d{5}(-\d{4})?", code):
        return "A ZIP code has 5 digits, or 9 as 97201-4321."
    if whole and len(code) == 5:
        return "Claims need all nine digits: ZIP+4, as 97201-4321."
    return "The last four digits are 0000, which no address has." if code.endswith("-0000") else None


#: What is asked of each number of the practice and its locations, by the name of the field.
OBJECTIONS = {
    "npi": objection_to_npi,
    "tin": objection_to_tin,
    "taxonomy": objection_to_taxonomy,
    "clia_number": objection_to_clia,
    "postal_code": objection_to_zip,
    "pay_to_postal_code": objection_to_zip,
}


def digits_of(text: str) -> str:
    """Return the digits of what was typed, without blanks, dots and hyphens; other letters stay, to be objected to."""
    return re.sub(r"[\s.\-()]", "", text)


def zip_of(text: str) -> str:
    """Return a ZIP code as it is written: 972014321 as 97201-4321."""
    digits = digits_of(text)
    return f"{digits[:5]}-{digits[5:]}" if re.fullmatch(r"\d{9}", digits) else digits


def tin_words(tin: str) -> str:
    """Return a tax number as it is written: 12-3456789."""
    return f"{tin[:2]}-{tin[2:]}" if tin else ""
