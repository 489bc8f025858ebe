"""NAME ALERT: two people on one day whose names are easily taken for each other.

Two patient identifiers are asked before anything is done (The Joint Commission, NPSG.01.01.01); where names are alike
the flag says that a name alone proves nothing. A flag too many costs a glance, one too few the wrong chart, so the
rule leans to flag: family name and given name must both be the same, a slip apart, or sound alike, or be exchanged.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

_SOUND = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")
_BEGINNINGS = (("ph", "f"), ("kn", "n"), ("gn", "n"), ("wr", "r"), ("ts", "s"), ("ck", "k"))


@dataclass(frozen=True)
class Named:
    """A person of the day: any key, and the two names."""

    key: Hashable
    family_name: str
    given_name: str


def alerts(people: Iterable[Named]) -> dict[Hashable, frozenset[Hashable]]:
    """Return for each person who has one the keys of those whose names are alike; the same key is the same person."""
    persons = list({person.key: person for person in people}.values())
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(persons):
        for handle in _handles(person.family_name) | _handles(person.given_name):
            shared[handle].append(place)
    found: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for one, other in {pair for places in shared.values() for pair in combinations(places, 2)}:
        if alike(persons[one], persons[other]):
            found[persons[one].key].add(persons[other].key)
            found[persons[other].key].add(persons[one].key)
    return {key: frozenset(others) for key, others in found.items()}


def alike(one: Named, other: Named) -> bool:
    """Return whether the two names are easily taken for each other, also when family and given are exchanged."""
    straight = similar(one.family_name, other.family_name) and similar(one.given_name, other.given_name)
    exchanged = similar(one.family_name, other.given_name) and similar(one.given_name, other.family_name)
    return straight or exchanged


def similar(one: str, other: str) -> bool:
    """Return whether two names are the same, one slip apart (from four letters on), or sound alike."""
    left, right = plain(one), plain(other)
    if left == right:
        return True
    if not left or not right:
        return False
    return (min(len(left), len(right)) >= 4 and _one_slip(left, right)) or sound(left) == sound(right)


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """Return the letters of a name, small and without marks: ``O'Brién`` is ``obrien``."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in folded if letter.isalpha())


@lru_cache(maxsize=20_000)
def sound(letters: str) -> str:
    """Return how a plain name sounds: Soundex classes (US patent 1,261,167, long free), uncut, with the first letter's
    class instead of the letter, so that Catherine and Katherine meet."""
    for written, heard in _BEGINNINGS:
        letters = letters.replace(written, heard)
    classes = letters.translate(_SOUND)
    heard_last, kept = "", []
    for letter in classes:
        if letter.isdigit() and letter != heard_last:
            kept.append(letter)
        if letter not in "hw":
            heard_last = letter
    first = letters[:1] if letters[:1] in "aeiouyhw" else ""
    return first + "".join(kept)


def _one_slip(left: str, right: str) -> bool:
    """One letter changed, missing or too many, or two neighbors exchanged."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    if start is None:
        return True
    rests = (left[start + 1 :], right[start + 1 :], left[start:], right[start:])
    changed, missing, extra = rests[0] == rests[1], rests[0] == rests[3], rests[2] == rests[1]
    swapped = left[start : start + 2] == right[start : start + 2][::-1] and left[start + 2 :] == right[start + 2 :]
    return changed or missing or extra or swapped


@lru_cache(maxsize=20_000)
def _handles(name: str) -> frozenset[str]:
    """Strings of which two similar names share at least one: the name, it with one letter left out, its sound."""
    letters = plain(name)
    shorter = {letters[:place] + letters[place + 1 :] for place in range(len(letters))} if len(letters) >= 4 else set()
    return frozenset({letters, *shorter, f"={sound(letters)}"})
