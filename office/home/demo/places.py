"""Where the demo's patients live: towns with their ZIP codes are real, streets and house numbers are invented."""

from random import Random

#: Ulster and Dutchess County, New York: town, ZIP code, share of the patients.
TOWNS = (
    ("Kingston", "12401", 34), ("Saugerties", "12477", 10), ("New Paltz", "12561", 12), ("Woodstock", "12498", 5),
    ("Hurley", "12443", 5), ("Port Ewen", "12466", 5), ("Lake Katrine", "12449", 4), ("Rosendale", "12472", 5),
    ("Highland", "12528", 5), ("Rhinebeck", "12572", 4), ("Red Hook", "12571", 3), ("Stone Ridge", "12484", 3),
    ("Gardiner", "12525", 2), ("High Falls", "12440", 1), ("West Hurley", "12491", 2),
)  # fmt: skip
_FIRST = [
    "Juniper",
    "Larkspur",
    "Millrace",
    "Orchard",
    "Quarry",
    "Canal",
    "Heron",
    "Bluestone",
    "Tannery",
    "Cider",
    "Brickyard",
    "Lantern",
    "Sparrow",
    "Thistle",
    "Fallow",
    "Kiln",
    "Ferryman",
    "Wintergreen",
    "Hollow",
    "Meadowlark",
    "Sycamore",
    "Cooper",
    "Ropewalk",
    "Ledge",
    "Plum",
    "Catkin",
    "Fieldstone",
    "Gristmill",
]
_LAST = ("Street", "Street", "Street", "Avenue", "Lane", "Road", "Road", "Drive", "Court", "Terrace")
#: People keep their numbers when they move. 555-0100 to 555-0199 are set aside for fiction.
AREA_CODES = [
    "845",
    "518",
    "914",
    "917",
    "646",
    "347",
    "718",
    "929",
    "516",
    "631",
    "607",
    "315",
    "716",
    "585",
    "201",
    "973",
    "908",
    "732",
    "860",
    "203",
    "413",
    "617",
    "508",
    "802",
    "603",
    "207",
    "215",
    "610",
]


def an_address(random: Random) -> tuple[str, str, str, str]:
    """Street line, second line, town, ZIP code."""
    town, postal_code, _ = random.choices(TOWNS, [share for *_, share in TOWNS])[0]
    line = f"{random.randint(2, 412)} {random.choice(_FIRST)} {random.choice(_LAST)}"
    second = f"Apt {random.randint(1, 9)}{random.choice('ABCD')}" if random.random() < 0.16 else ""
    return line, second, town, postal_code


def phone_numbers(random: Random) -> list[str]:
    """Every number of fiction under the area codes, E.164: this county's first, the others mixed."""
    here, *others = AREA_CODES
    near = [f"+1{here}5550{last}" for last in range(100, 200)]
    far = [f"+1{code}5550{last}" for code in others for last in range(100, 200)]
    random.shuffle(near)
    random.shuffle(far)
    return near + far
