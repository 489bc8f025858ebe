"""Single faults put into a claim that is right, by rule: one for each place of the guide."""

from collections.abc import Iterator
from dataclasses import dataclass

from edi.envelope import Transaction
from edi.guides.notation import LoopPlace
from edi.loops import Loop, Segment


@dataclass(frozen=True)
class Mutant:
    """A claim's segments with one fault, what was done, and the segment (from ST, 0) where it was done."""

    segments: list[str]
    what: str
    index: int


def by_rule(transaction: Transaction, root: Loop) -> Iterator[Mutant]:
    """Yield one mutant for each required segment taken away, element blanked, coded or stretched, and number bent."""
    segments = [piece.split("*") for piece in transaction.pieces]
    for loop in _loops(root):
        for segment in loop.segments:
            if segment.tag in {"ST", "SE"}:
                continue
            yield from _of_segment(segments, segment, loop)
    for index in range(1, len(segments) - 1):
        yield _mutant(segments, index, [*segments[index], *["X"] * 30], "too many elements")
        yield Mutant(_joined([*segments[:index], ["ZZ9", "1"], *segments[index:]]), "foreign segment", index)


def _loops(root: Loop) -> Iterator[Loop]:
    yield root
    for inner in root.loops:
        yield from _loops(inner)


def _of_segment(segments: list[list[str]], segment: Segment, loop: Loop) -> Iterator[Mutant]:
    index, place = segment.index, segment.place
    opens = place is loop.place.members[0]
    if place.is_required and loop.counts[id(place)] == 1 and (not opens or _is_only(loop)):
        yield Mutant(_joined([*segments[:index], *segments[index + 1 :]]), f"no {segment.tag}", index)
    for (position, component), element in place.elements.items():
        if component or not segment[position]:
            continue
        if element.is_required:
            yield _mutant(segments, index, _with(segment, position, ""), f"{segment.tag}{position:02} blank")
        if element.codes:
            yield _mutant(segments, index, _with(segment, position, "%"), f"{segment.tag}{position:02} other code")
        yield _mutant(segments, index, _with(segment, position, "9" * 300), f"{segment.tag}{position:02} too long")


def _is_only(loop: Loop) -> bool:
    """Tell whether taking the opening segment away leaves a required loop missing."""
    place: LoopPlace = loop.place
    return loop.parent is not None and place.is_required and loop.parent.counts[id(place)] == 1


def _with(segment: Segment, position: int, value: str) -> list[str]:
    return [*segment.elements[:position], value, *segment.elements[position + 1 :]]


def _mutant(segments: list[list[str]], index: int, changed: list[str], what: str) -> Mutant:
    return Mutant(_joined([*segments[:index], changed, *segments[index + 1 :]]), what, index)


def _joined(segments: list[list[str]]) -> list[str]:
    """Return the segments as text, with SE01 their number: a mutant has one fault, not two."""
    return ["*".join(one) for one in [*segments[:-1], ["SE", str(len(segments)), segments[-1][2]]]]
