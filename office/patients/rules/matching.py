"""When two records are one person: Fellegi and Sunter's weights of evidence (JASA 64, 1969).

Each field of a pair is compared to a level: the same, nearly the same, somewhat alike, different, or not known. A level
is worth log2(m/u) bits: ``m`` how often it comes up between records of one person, ``u`` between those of two. ``u`` is
counted on pairs at random, ``m`` is learned from the records at hand by expectation maximization (Winkler 1988), with
what is usual as its starting point; a rare value in common is worth more than a common one. No truth is asked for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2

from office.patients.rules.names import distance, likeness, long_forms, sound

DIFFERENT, ALIKE, NEAR, SAME = range(4)
UNKNOWN = -1
Levels = tuple[int, ...]

GIVEN, SURNAME, BIRTH, NUMBER, STREET, STREET2, CITY, POSTCODE, STATE, PHONE, SSN = range(11)


@dataclass(frozen=True, slots=True)
class Person:
    """A record as it is compared: folded values, ``birth`` as YYYYMMDD digits; "" is not known."""

    key: str
    values: tuple[str, ...]

    @property
    def given(self) -> str:
        return self.values[GIVEN]

    @property
    def surname(self) -> str:
        return self.values[SURNAME]

    @property
    def birth(self) -> str:
        return self.values[BIRTH]


def _name_level(left: str, right: str) -> int:
    if left == right:
        return SAME
    alike = likeness(left, right)
    if alike >= 0.92 or right in long_forms(left) or left in long_forms(right):
        return NEAR
    if alike >= 0.82 or left.replace(" ", "") == right.replace(" ", "") or sound(left) == sound(right):
        return ALIKE
    return DIFFERENT


def _birth_level(left: str, right: str) -> int:
    if left == right:
        return SAME
    if distance(left, right, 1) == 1 or (left[:4] == right[:4] and left[4:] == right[6:] + right[4:6]):
        return NEAR
    parts_in_common = (left[:4] == right[:4]) + (left[4:6] == right[4:6]) + (left[6:] == right[6:])
    return ALIKE if parts_in_common == 2 or distance(left, right, 2) == 2 else DIFFERENT


def _text_level(left: str, right: str) -> int:
    if left == right:
        return SAME
    alike = likeness(left, right)
    return NEAR if alike >= 0.92 else ALIKE if alike >= 0.82 else DIFFERENT


def _digits_level(left: str, right: str) -> int:
    if left == right:
        return SAME
    return NEAR if len(left) > 1 and distance(left, right, 1) == 1 else DIFFERENT


def _state_level(left: str, right: str) -> int:
    return SAME if left == right else NEAR if distance(left, right, 1) == 1 else DIFFERENT


@dataclass(frozen=True)
class Field:
    """How one field is compared, and how often each level is usual in one person and in two (different to same)."""

    name: str
    level: Callable[[str, str], int]
    usual_m: tuple[float, float, float, float]
    usual_u: tuple[float, float, float, float]


_NAME_M, _PLACE_M = (0.06, 0.04, 0.08, 0.82), (0.08, 0.04, 0.08, 0.80)
FIELDS = (
    Field("given_name", lru_cache(500_000)(_name_level), _NAME_M, (0.97, 0.018, 0.004, 0.008)),
    Field("surname", lru_cache(500_000)(_name_level), _NAME_M, (0.98, 0.014, 0.003, 0.003)),
    Field("date_of_birth", lru_cache(500_000)(_birth_level), (0.03, 0.03, 0.06, 0.88), (0.985, 0.013, 0.0019, 0.0001)),
    Field("street_number", _digits_level, (0.12, 0.01, 0.07, 0.80), (0.90, 0.01, 0.07, 0.02)),
    Field("street", lru_cache(500_000)(_text_level), _PLACE_M, (0.96, 0.03, 0.008, 0.002)),
    Field("street_2", lru_cache(500_000)(_text_level), (0.12, 0.04, 0.08, 0.76), (0.97, 0.02, 0.008, 0.002)),
    Field("city", lru_cache(500_000)(_text_level), _PLACE_M, (0.94, 0.03, 0.01, 0.02)),
    Field("postcode", _digits_level, (0.08, 0.01, 0.07, 0.84), (0.96, 0.01, 0.02, 0.01)),
    Field("state", _state_level, (0.06, 0.01, 0.04, 0.89), (0.75, 0.01, 0.04, 0.20)),
    Field("phone", _digits_level, (0.25, 0.01, 0.05, 0.69), (0.998, 0.001, 0.0009, 0.0001)),
    Field("ssn", _digits_level, (0.04, 0.01, 0.06, 0.89), (0.998, 0.001, 0.0009, 0.0001)),
)
PLACE = (NUMBER, STREET, STREET2, CITY, POSTCODE, STATE, PHONE)
#: Those who live together share an address, a phone and often a surname: the place never speaks louder than this.
MOST_FOR_THE_PLACE = 18.0
#: How often the two names, or the two street lines, stand in each other's place (bits).
SWAPPED = -5.0
LINK, REVIEW = 0.999, 0.5


@dataclass(frozen=True)
class Comparison:
    """A pair's levels by field, which names or street lines were swapped, and what the evidence adds up to."""

    levels: Levels
    is_swapped: bool
    bits: float
    score: float
    decision: str | None


@dataclass
class Model:
    """Weights for one pair of files, or the usual ones when there is nothing to learn from."""

    m: list[list[float]] = field(default_factory=lambda: [list(kind.usual_m) for kind in FIELDS])
    u: list[list[float]] = field(default_factory=lambda: [list(kind.usual_u) for kind in FIELDS])
    prior: float = 1e-4
    frequencies: Sequence[Mapping[str, float]] = ()

    def __post_init__(self) -> None:
        self.weights = [
            [log2(m / u) for m, u in zip(ms, us, strict=True)] for ms, us in zip(self.m, self.u, strict=True)
        ]

    def weight(self, place: int, level: int, value: str) -> float:
        """Return the bits of one field; a value that many have in common counts for less, a rare one for more."""
        if level == UNKNOWN:
            return 0.0
        if level == SAME and self.frequencies and (often := self.frequencies[place].get(value)):
            return log2(self.m[place][SAME] / often)
        return self.weights[place][level]

    def compare(self, left: Person, right: Person) -> Comparison:
        """Weigh a pair, with names and street lines in the order that fits better."""
        levels, is_swapped = _levels(left, right)
        bits = [self.weight(place, level, left.values[place]) for place, level in enumerate(levels)]
        place = sum(bits[NUMBER : PHONE + 1])
        total = sum(bits[:NUMBER]) + min(place, MOST_FOR_THE_PLACE) + bits[SSN] + (SWAPPED if is_swapped else 0.0)
        odds = total + log2(self.prior / (1 - self.prior))
        score = 1 / (1 + 2 ** -max(min(odds, 60.0), -60.0))
        return Comparison(levels, is_swapped, total, score, _decision(levels, score))


def _levels(left: Person, right: Person) -> tuple[Levels, bool]:
    levels = [
        kind.level(one, other) if one and other else UNKNOWN
        for kind, one, other in zip(FIELDS, left.values, right.values, strict=True)
    ]
    is_swapped = _turn(levels, left, right, (GIVEN, SURNAME))
    _turn(levels, left, right, (STREET, STREET2))
    return tuple(levels), is_swapped


def _turn(levels: list[int], left: Person, right: Person, places: tuple[int, int]) -> bool:
    """Put in the levels of two fields compared crosswise when that fits clearly better."""
    first, second = places
    if levels[first] >= NEAR or levels[second] >= NEAR:
        return False
    crosswise = [
        FIELDS[first].level(left.values[one], right.values[other]) if left.values[one] and right.values[other] else -1
        for one, other in ((first, second), (second, first))
    ]
    if max(crosswise) >= NEAR and min(crosswise) != DIFFERENT:
        levels[first], levels[second] = crosswise
        return True
    return False


def _decision(levels: Levels, score: float) -> str | None:
    """Link what is beyond doubt, and never by the place alone: who lives together is not one person."""
    if score < REVIEW:
        return None
    personal = (levels[GIVEN], levels[SURNAME], levels[BIRTH])
    enough = levels[BIRTH] == SAME or sum(level >= ALIKE for level in personal) >= 2
    return "link" if score >= LINK and enough else "review"


# --- finding the pairs worth comparing

MOST_IN_A_BLOCK = 400


def blocks_of(person: Person) -> list[str]:
    """Return the keys that a record shares with records of the same person; one in common is enough to be compared."""
    values = person.values
    given, surname, birth = values[GIVEN], values[SURNAME], values[BIRTH]
    keys: list[tuple[str, ...]] = [
        ("birth", birth),
        ("names", *sorted((sound(given), sound(surname)))) if given and surname else ("names", ""),
        ("given", given, birth[:4]),
        ("given-day", sound(given), birth[4:]),
        ("surname", surname, birth[:4]),
        ("surname-day", sound(surname), birth[4:]),
        ("surname-place", surname, values[POSTCODE]),
        ("given-place", given, values[POSTCODE]),
        ("given-city", sound(given), values[CITY]),
        ("surname-city", sound(surname), values[CITY]),
        ("house", values[NUMBER], values[STREET]),
        ("phone", values[PHONE]),
        ("ssn", values[SSN]),
        ("swapped", surname, birth[:4]),
    ]
    found = [":".join(key) for key in keys if all(key[1:])]
    if given and birth:
        found.append(f"surname:{given}:{birth[:4]}")
    return found


def candidates(left: Sequence[Person], right: Sequence[Person]) -> dict[int, set[int]]:
    """Return for each record on the left the places of those on the right that share a block."""
    blocks: dict[str, list[int]] = {}
    for place, person in enumerate(right):
        for key in blocks_of(person):
            blocks.setdefault(key, []).append(place)
    found: dict[int, set[int]] = {}
    for place, person in enumerate(left):
        near: set[int] = set()
        for key in blocks_of(person):
            block = blocks.get(key, ())
            if len(block) <= MOST_IN_A_BLOCK:
                near.update(block)
        if near:
            found[place] = near
    return found


# --- learning

ROUNDS = 12
PATIENCE = 50.0
RANDOM_PAIRS = 20_000
PAIRS_TO_LEARN_FROM = 60_000


def learn(left: Sequence[Person], right: Sequence[Person], pairs: Sequence[tuple[int, int]]) -> Model:
    """Return the weights that fit these records, from the records alone.

    ``pairs`` are places on the left and right worth comparing. What is usual counts as so many pairs seen before, so
    that a handful of records does not teach nonsense.
    """
    start = Model()
    if not left or not right or not pairs:
        return start
    u = _learned(_chance_pairs(left, right), start.u, patience=PATIENCE)
    step = max(1, len(pairs) // PAIRS_TO_LEARN_FROM)
    seen = Counter(_levels(left[one], right[other])[0] for one, other in pairs[::step])
    m, share = [list(row) for row in start.m], min(0.5, min(len(left), len(right)) / len(pairs))
    for _ in range(ROUNDS):
        likely = _likely(seen, Model(m=m, u=u), share)
        share = min(0.95, max(1e-6, sum(likely.values()) / sum(seen.values())))
        m = _learned(likely, start.m, patience=PATIENCE)
    matches = max(1.0, share * len(pairs))
    return Model(m, u, min(0.5, matches / (len(left) * len(right))), _frequencies(left, right))


def _chance_pairs(left: Sequence[Person], right: Sequence[Person]) -> Counter[Levels]:
    """Return the levels of pairs drawn by a fixed rule that has nothing to do with who they are."""
    count = min(RANDOM_PAIRS, len(left) * len(right))
    return Counter(
        _levels(left[turn * 7919 % len(left)], right[(turn * 104_729 + turn // len(left) + 1) % len(right)])[0]
        for turn in range(count)
    )


def _likely(seen: Counter[Levels], model: Model, share: float) -> dict[Levels, float]:
    """Return how many pairs of each pattern are probably of one person (the expectation step)."""
    likely = {}
    start = log2(share / (1 - share))
    for levels, count in seen.items():
        bits = [0.0 if level == UNKNOWN else model.weights[place][level] for place, level in enumerate(levels)]
        total = sum(bits) - max(0.0, sum(bits[place] for place in PLACE) - MOST_FOR_THE_PLACE)
        likely[levels] = count / (1 + 2 ** -max(min(total + start, 60.0), -60.0))
    return likely


def _learned(
    patterns: Mapping[Levels, float], usual: Sequence[Sequence[float]], *, patience: float
) -> list[list[float]]:
    """Return how often each level of each field comes up, with what is usual counted ``patience`` times."""
    counts = [[share * patience for share in row] for row in usual]
    for levels, count in patterns.items():
        for place, level in enumerate(levels):
            if level != UNKNOWN:
                counts[place][level] += count
    return [[one / sum(row) for one in row] for row in counts]


def _frequencies(left: Sequence[Person], right: Sequence[Person]) -> list[dict[str, float]]:
    """Return for each field how often each value occurs; one met once is taken to be met twice."""
    found = []
    for place in range(len(FIELDS)):
        counts = Counter(value for people in (left, right) for person in people if (value := person.values[place]))
        total = max(sum(counts.values()), 1)
        found.append({value: max(count, 2) / (total + 1000) for value, count in counts.items()})
    return found


# --- two files


@dataclass(frozen=True)
class Match:
    """Two records that are, or may be, one person."""

    left: Person
    right: Person
    score: float
    decision: str


def match(left: Sequence[Person], right: Sequence[Person], *, same_file: bool = False) -> Iterable[Match]:
    """Yield the pairs that are one person beyond doubt (link) or worth a look (review), in the order of the left.

    Within one file a pair is met once and a record is not compared with itself.
    """
    near = candidates(left, right)
    pairs = [(one, other) for one, others in near.items() for other in sorted(others) if not same_file or other > one]
    model = learn(left, right, pairs)
    for one, other in pairs:
        comparison = model.compare(left[one], right[other])
        if comparison.decision:
            yield Match(left[one], right[other], comparison.score, comparison.decision)
