"""Level 2: segments, loops, elements and codes are those of the guide; hierarchy and line numbers count up.

Structure is `edi.loops`' work; here are the elements of one segment, and the numbers between segments.
"""

from collections.abc import Iterator

from edi.guides.notation import Element
from edi.loops import Loop, Say, Segment
from edi.validation.level_1_syntax import Fault


def faults(segment: Segment) -> Iterator[Fault]:
    """Yield what a segment's place in the guide forbids or misses."""
    tag, said = segment.tag, segment.place.elements
    for (position, component), element in said.items():
        name = f"{tag}{position:02}" + (f"-{component}" if component else "")
        if component == 0:
            yield from _of_value(name, segment[position], element)
        elif segment[position]:
            yield from _of_value(name, segment.part(position, component), element)
    for name in _not_used(segment):
        yield name, "not_used", f"{name} may not be sent here."


def _not_used(segment: Segment) -> Iterator[str]:
    said = segment.place.elements
    composites = {position for position, component in said if component}
    for position, value in enumerate(segment.elements[1:], 1):
        name = f"{segment.tag}{position:02}"
        if value and position in composites:
            for number, part in enumerate(value.split(segment.component), 1):
                if part and (position, number) not in said:
                    yield f"{name}-{number}"
        elif value and (position, 0) not in said:
            yield name


def _of_value(name: str, value: str, element: Element) -> Iterator[Fault]:
    if not value:
        if element.is_required:
            yield name, "missing", f"{name} is missing."
    elif element.codes and value not in element.codes:
        some = sorted(element.codes)
        listed = ", ".join(some[:8]) + (" …" if len(some) > 8 else "")
        yield name, "code", f"{name} holds a code that may not stand here; it takes {listed}."


def numbers(root: Loop, say: Say) -> None:
    """Say where HL and LX do not count up, name a wrong parent, or are wrong about children (X222, 1.4.3.2.2.1)."""
    _Hierarchy(say).walk(root, "")
    for claim in root.everywhere("2300"):
        for number, line in enumerate(claim.inside("2400"), 1):
            lx = line.first("LX")
            if lx and lx[1] != str(number):
                say(lx.index, "LX01", "sequence", f"LX01 of this service line must be {number}.")


class _Hierarchy:
    def __init__(self, say: Say) -> None:
        self._say = say
        self._last = 0

    def walk(self, loop: Loop, parent: str) -> None:
        for inner in loop.loops:
            hl = inner.first("HL")
            if hl is None:
                self.walk(inner, parent)
                continue
            self._last += 1
            if hl[1] != str(self._last):
                self._say(hl.index, "HL01", "sequence", f"HL01 must be {self._last}: levels count up by one.")
                self._last = int(hl[1]) if hl[1].isascii() and hl[1].isdigit() and len(hl[1]) < 12 else self._last
            if parent and hl[2] and hl[2] != parent:
                self._say(hl.index, "HL02", "parent", f"HL02 must be {parent}, the level that this one stands under.")
            self._children(inner, hl)
            self.walk(inner, hl[1])

    def _children(self, loop: Loop, hl: Segment) -> None:
        has = any(inner.first("HL") for inner in loop.loops)
        if hl[4] in {"0", "1"} and hl[4] != str(int(has)):
            words = "1, for levels follow under it" if has else "0, for no level follows under it"
            self._say(hl.index, "HL04", "children", f"HL04 must be {words}.")
