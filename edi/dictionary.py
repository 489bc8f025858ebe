"""What a segment's elements are, whatever the guide: type, length, and which belong together (ASC X12.3, X12.22).

One line a segment, one word an element. ``A60`` is text of 1 to 60 characters, ``I2-3`` an identifier of 2 or 3,
``I2`` of exactly 2, ``N9`` a whole number of up to 9 digits, ``R18`` a decimal of up to 18 digits without sign and
point, ``D8`` a date CCYYMMDD, ``T4-8`` a time. ``{A48,I2}`` is a composite, ``(…)*6`` repeats the words in brackets.
Behind ``|`` stand the elements that depend on each other: ``P`` all or none of them, ``R`` at least one, ``C`` if the
first then the others, ``L`` if the first then one of the others, ``E`` at most one.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """Type letter and least and most characters of an element; of a composite, its components."""

    letter: str
    least: int = 0
    most: int = 0
    components: tuple["Kind", ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A segment: its elements, and the relations between them as a letter with positions."""

    elements: tuple[Kind, ...]
    relations: tuple[tuple[str, tuple[int, ...]], ...]


_REFERENCE: Final = "{I2-3,A50,I2-3,A50,I2-3,A50}"
_PROCEDURE: Final = "{I2,A48,A2,A2,A2,A2,A80,A48}"
_HEALTH_CODE: Final = "{I1-3,A30,I2-3,A35,R18,R15,A30,A30,I1}"
_UNIT: Final = "{I2,R15,R10,I2,R15,R10}"
_POINTER: Final = "{N2,N2,N2,N2}"

_TRIPLES: Final = " ".join(f"L{a:02}{a + 1:02}{a + 2:02} C{a + 1:02}{a:02} C{a + 2:02}{a:02}" for a in range(5, 18, 3))

_SEGMENTS: Final = f"""
ST I3 A4-9 A35
SE N10 A4-9
BHT I4 I2 A50 D8 T4-8 I2
HL A12 A12 I1-2 I1
NM1 I2-3 I1 A60 A35 A25 A10 A10 I1-2 A2-80 I2 I2-3 A60 | P0809 C1110 C1203
N1 I2-3 A60 I1-2 A2-80 I2 I2-3 | R0203 P0304
N2 A60 A60
N3 A55 A55
N4 A2-30 I2 A3-15 I2-3 I1-2 A30 A1-3 | E0207 C0605 C0704
PER I2 A60 I2 A256 I2 A256 I2 A256 A20 | P0304 P0506 P0708
PRV I1-3 I2-3 A50 I2 {{A35}} I3 | P0203
CUR I2-3 I3 R10 I2-3 I3 I3
SBR I1 I2 A50 A60 I1-3 I1 I1 I2 I1-2
PAT I2 I1 I2 I1 I2-3 A35 I2 R10 I1 | P0506 P0708
DMG I2-3 A35 I1 I1 {{I1,I1-3,A30}} I1-2 I2-3 I1-2 R15 I1-3 A30 | P0102 P1011
INS I1 I2 I3 I2-3 I1 {{I1,I1}} I2 I2 I1 I1 I2-3 A35 I1 A30 I2 I2-3 N9 | P1112
REF I2-3 A50 A80 {_REFERENCE} | R0203
DTP I3 I2-3 A35
DTM I3 D8 T4-8 I2 I2-3 A35 | R020305 P0506
TRN I1-2 A50 A10 A50
CLM A38 R18 I1-2 I1-2 {{A2,I1-2,I1}} I1 I1 I1 I1 I1 {{I2-3,I2-3,I2-3,I2,I2-3}} I2-3 I1 I3 I2 I1 I1 I1 I2 I1-2
PWK I2 I1-2 N2 I2-3 I1-2 A2-80 A80 {{I2}} I1-2 | P0506
CN1 I2 R18 R6 A50 R6 A30
AMT I1-3 R18 I1
K3 A80 I1-2 {_UNIT}
NTE I3 A80
CR1 I2 R10 I1 I1 I2 R15 A55 A55 A80 A80 | P0102 P0506
CR2 N9 R15 I2 I2 I2 R15 R15 I1 I1 A80 A80 I1 | P0102 C0403 P0506
CR3 I1 I2 R15 I1 A80 | P0203
CRC I2 I1 I2-3 I2-3 I2-3 I2-3 I2-3
HI ({_HEALTH_CODE})*12
HCP I2 R18 R18 A50 R9 A50 R18 A48 I2 A48 I2 R15 I2 I1-2 I1-2 | R0113 P0910 P1112
CAS I1-2 (I1-5 R18 R15)*6 | {_TRIPLES}
OI I1-2 I2 I1 I1 I1 I1
MOA R10 R18 A50 A50 A50 A50 A50 R18 R18
MIA R15 R15 R15 R18 A50 (R18)*5 R15 (R18)*5 R18 R18 R18 A50 A50 A50 A50 R18
LX N6
SV1 {_PROCEDURE} R18 I2 R15 A2 I1-2 {_POINTER} R18 I1 I1-2 I1 I1 I1 I1 I1 I1 A2 | P0304
SV5 {_PROCEDURE} I2 R15 R18 R18 I1
QTY I2 R15 {_UNIT} A30 | R0204 E0204
MEA I2 I1-3 R20 {_UNIT}
PS1 A50 R18 I2
LIN A20 I2 A48
CTP I2 I3 R17 R15 {_UNIT}
SVD A2-80 R18 {_PROCEDURE} A48 R15 N6
LQ I1-3 A30 | C0102
FRM A20 I1 A50 D8 R6 | R02030405
"""
_WORD: Final = re.compile(r"(?:\(([^()]*)\)\*(\d+)|(\{[^{}]*\}|[A-Z]\d+(?:-\d+)?))(?:\s|$)")


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """Return the segments by name."""
    found = {}
    for line in _SEGMENTS.strip().splitlines():
        tag, _, rest = line.partition(" ")
        words, _, relations = rest.partition("|")
        found[tag] = Definition(
            tuple(_kinds(words.strip())),
            tuple((one[0], tuple(int(one[at : at + 2]) for at in range(1, len(one), 2))) for one in relations.split()),
        )
    return found


def _kinds(words: str) -> list[Kind]:
    kinds: list[Kind] = []
    for found in _WORD.finditer(words):
        inner, times, word = found[1], found[2], found[3]
        kinds += _kinds(inner) * int(times) if inner else [_kind(word)]
    return kinds


def _kind(word: str) -> Kind:
    if word[0] == "{":
        return Kind("{", components=tuple(_kind(one) for one in word[1:-1].split(",")))
    least, _, most = word[1:].partition("-")
    if most:
        return Kind(word[0], int(least), int(most))
    return Kind(word[0], int(least) if word[0] in "ID" else 1, int(least))
