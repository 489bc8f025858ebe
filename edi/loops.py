"""A transaction's segments put into the loops of its guide.

What has no place is said and passed over; what is in the wrong place is said and taken where it belongs. So one fault
is one problem, and the checks behind it still see the whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from edi.guides.notation import LoopPlace, Place

#: Takes the index of a segment in its transaction (0 is ST), the element, a code, and a sentence.
Say = Callable[[int, str, str, str], None]


@dataclass(slots=True)
class Segment:
    """A segment in its loop; `segment[3]` is its third element, empty where it was not sent."""

    index: int
    elements: list[str]
    place: Place
    component: str

    @property
    def tag(self) -> str:
        return self.elements[0]

    def __getitem__(self, position: int) -> str:
        return self.elements[position] if position < len(self.elements) else ""

    def part(self, position: int, component: int) -> str:
        """Return a component, counted from 1; empty where it was not sent."""
        parts = self[position].split(self.component)
        return parts[component - 1] if component <= len(parts) else ""


@dataclass(eq=False, slots=True)
class Loop:
    """One pass through a loop: its segments and the loops inside, both in the order sent."""

    place: LoopPlace
    parent: "Loop | None"
    segments: list[Segment] = field(default_factory=list)
    loops: list["Loop"] = field(default_factory=list)
    at: int = 0
    counts: dict[int, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def index(self) -> int:
        return self.segments[0].index if self.segments else 0

    def all(self, tag: str, *codes: str) -> Iterator[Segment]:
        """Yield the segments of a name; those only whose first element is one of ``codes``, where some are given."""
        return (one for one in self.segments if one.tag == tag and (not codes or one[1] in codes))

    def first(self, tag: str, *codes: str) -> Segment | None:
        return next(self.all(tag, *codes), None)

    def inside(self, *names: str) -> Iterator["Loop"]:
        """Yield the loops of these names directly inside."""
        return (one for one in self.loops if one.name in names)

    def one(self, name: str) -> "Loop | None":
        return next(self.inside(name), None)

    def everywhere(self, name: str) -> Iterator["Loop"]:
        """Yield the loops of a name at any depth, in the order sent."""
        for loop in self.loops:
            if loop.name == name:
                yield loop
            yield from loop.everywhere(name)

    def above(self, name: str) -> "Loop | None":
        """Return the loop of a name around this one, or this one itself."""
        loop: Loop | None = self
        while loop is not None and loop.name != name:
            loop = loop.parent
        return loop


class Walk:
    """Puts segments into loops, one after the other."""

    def __init__(self, guide: LoopPlace, component: str, say: Say) -> None:
        self.root = Loop(guide, None)
        self._here = self.root
        self._component = component
        self._say = say
        self._is_lost = False

    def take(self, index: int, elements: list[str]) -> Segment | None:
        """Put a segment in its place; return nothing where it has none."""
        found = self._find(elements, in_order=True)
        if found is None and (found := self._find(elements, in_order=False)):
            words = f"{_named(elements[0], found[1])} stands too late; its place is further up."
            self._say(index, elements[0], "out_of_order", words)
        if found is None:
            self._refuse(index, elements)
            return None
        self._is_lost = False
        return self._put(index, elements, *found)

    def _find(self, elements: list[str], *, in_order: bool) -> tuple[Loop, Place | LoopPlace] | None:
        """Return the innermost open loop that has a place for the segment, and that place."""
        loop: Loop | None = self._here
        while loop is not None:
            for place in loop.place.by_tag.get(elements[0], ()):
                opener = place.opener if isinstance(place, LoopPlace) else place
                is_in_place = place.order >= loop.at or not in_order
                opens_again = place is loop.place.members[0] and loop.segments
                if is_in_place and not opens_again and opener.takes(self._value(elements, opener)):
                    return loop, place
            loop = loop.parent
        return None

    def _value(self, elements: list[str], place: Place) -> str:
        position, component = place.key
        value = elements[position] if position < len(elements) else ""
        if component:
            parts = value.split(self._component)
            return parts[component - 1] if component <= len(parts) else ""
        return value

    def _put(self, index: int, elements: list[str], loop: Loop, place: Place | LoopPlace) -> Segment:
        loop.at = max(loop.at, place.order)
        loop.counts[id(place)] = count = loop.counts.get(id(place), 0) + 1
        if count == place.most + 1:
            where = f" in {loop.place.words}" if loop.parent else ""
            times = "once" if place.most == 1 else f"{place.most} times"
            self._say(
                index, elements[0], "too_many", f"{_named(elements[0], place)} may stand {times}{where}, not more."
            )
        if isinstance(place, LoopPlace):
            inner = Loop(place, loop)
            loop.loops.append(inner)
            loop, place = inner, place.opener
            loop.counts[id(place)] = 1
            loop.at = place.order
        self._here = loop
        segment = Segment(index, elements, place, self._component)
        loop.segments.append(segment)
        return segment

    def _refuse(self, index: int, elements: list[str]) -> None:
        """Say that a segment has no place. What follows it, and belongs to it, is not said again."""
        tag, lost = elements[0], self._is_lost
        loop: Loop | None = self._here
        while loop is not None:
            for place in loop.place.by_tag.get(tag, ()):
                position, component = (place.opener if isinstance(place, LoopPlace) else place).key
                if position:
                    self._is_lost = self._is_lost or isinstance(place, LoopPlace)
                    element = f"{tag}{position:02}" + (f"-{component}" if component else "")
                    self._say(index, element, "code", f"{element} holds a code that has no place here.")
                    return
            loop = loop.parent
        if not lost:
            self._say(index, _name(tag), "unexpected", f"The segment {_name(tag) or 'found here'} has no place here.")


def missing(loop: Loop, say: Say) -> None:
    """Say what a loop and the loops inside must hold and do not."""
    for place in loop.place.members:
        if place.is_required and id(place) not in loop.counts:
            tag = place.opener.tag if isinstance(place, LoopPlace) else place.tag
            where = f" of {loop.place.words}" if loop.parent else ""
            say(loop.index, tag, "missing", f"{_named(tag, place)}{where} is missing.")
    for inner in loop.loops:
        missing(inner, say)


_TAG_LENGTH: Final = 3


def _named(tag: str, place: Place | LoopPlace) -> str:
    """Return how a biller finds it: ``REF*EI``, or a loop's words with the segment that opens it."""
    opener = place.opener if isinstance(place, LoopPlace) else place
    code = f"*{sorted(opener.keys)[0]}" if opener.keys and opener.key == (1, 0) else ""
    if isinstance(place, LoopPlace):
        return f"{place.words[:1].upper()}{place.words[1:]} ({tag}{code}, loop {place.name})"
    return f"{tag}{code}"


def _name(tag: str) -> str:
    """Return a segment's name if it can be one: nothing that is quoted may be a patient's."""
    return tag if len(tag) <= _TAG_LENGTH and tag.isascii() and tag.isalnum() and tag.isupper() else ""
