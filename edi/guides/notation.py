"""How the guides are written down.

One line a segment or a loop; what stands further in belongs to the loop above::

    @2010BB ! 1 the payer
      NM1 ! 1 | 01:PR 02=2 03! 08=PI,XV 09!
      REF ? 2 | 01:G2,LU 02!

``@`` begins a loop and names it, in words for people behind its number; its first segment opens it. ``!`` is required,
``?`` depends on the situation; the number says how often at most, ``>`` without end. Of the elements, ``09!`` is
required, ``05`` may stand, ``02=1,2`` is required and one of these, ``08?XX`` may stand and is one of these. ``01:PR``
tells this segment from others of its name. ``05-3`` is a component, whose rule holds where its element stands;
``04..19`` are sixteen elements of which the same is said. An element that is not written may not stand. A
loop ``as above`` has the members of the one of its name that came before; a line that begins with ``#`` is for readers.

Segments of one name that follow each other may come in any order, and so may loops that differ in the last letter only:
X12 gives them one place (ASC X12.6, section 3.9).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

Where = tuple[int, int]

_LOOP: Final = re.compile(r"@(\S+) ([!?]) (\d+|>) (.+)")
_SEGMENT: Final = re.compile(r"([A-Z][A-Z0-9]{1,2}) ([!?]) (\d+|>)(?: \| (.*))?")
_ELEMENT: Final = re.compile(r"(\d\d)(?:\.\.(\d\d))?(?:-(\d))?(?:(!)|([=:?])(\S+))?$")
_ENDLESS: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Element:
    """What a guide says of an element (component 0) or a component: whether it must stand, and the codes it may be."""

    is_required: bool
    codes: frozenset[str]


@dataclass(eq=False, slots=True)
class Place:
    """A segment in a loop. ``keys`` are the codes at ``key`` that tell it from others of its name, if any must."""

    tag: str
    is_required: bool
    most: int
    elements: Mapping[Where, Element]
    key: Where = (0, 0)
    keys: frozenset[str] = frozenset()
    order: int = 0

    def takes(self, value: str) -> bool:
        return not self.keys or value in self.keys


@dataclass(eq=False, slots=True)
class LoopPlace:
    """A loop: its members in order, the first of which opens it."""

    name: str
    words: str
    is_required: bool
    most: int
    members: list["Place | LoopPlace"] = field(default_factory=list)
    order: int = 0
    by_tag: dict[str, list["Place | LoopPlace"]] = field(default_factory=dict)

    @property
    def opener(self) -> Place:
        first = self.members[0]
        if isinstance(first, LoopPlace):
            raise TypeError(f"Loop {self.name} does not begin with a segment.")
        return first

    def loops(self) -> Iterator["LoopPlace"]:
        """Yield this loop and all inside."""
        yield self
        for member in self.members:
            if isinstance(member, LoopPlace):
                yield from member.loops()


def read(text: str) -> LoopPlace:
    """Return the guide that a text in this notation describes. Raises ValueError at a line that is none."""
    root = LoopPlace("ST", "the transaction", is_required=True, most=1)
    open_loops: list[tuple[int, LoopPlace]] = [(-1, root)]
    known: dict[str, LoopPlace] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        depth = len(line) - len(line.lstrip())
        while depth <= open_loops[-1][0]:
            open_loops.pop()
        parent = open_loops[-1][1]
        if found := _LOOP.fullmatch(line.strip()):
            loop = LoopPlace(found[1], found[4], found[2] == "!", _most(found[3]))
            if loop.words == "as above":
                above = known[loop.name]
                loop.words, loop.members, loop.by_tag = above.words, above.members, above.by_tag
            known[loop.name] = loop
            parent.members.append(loop)
            open_loops.append((depth, loop))
        else:
            parent.members.append(_place(line.strip()))
    for loop in root.loops():
        if not loop.by_tag:
            _put_in_order(loop)
    return root


def _most(word: str) -> int:
    return _ENDLESS if word == ">" else int(word)


def _place(line: str) -> Place:
    found = _SEGMENT.fullmatch(line)
    if not found:
        raise ValueError(f"Neither a segment nor a loop: {line}")
    elements: dict[Where, Element] = {}
    key, keys = (0, 0), frozenset[str]()
    for word in (found[4] or "").split():
        part = _ELEMENT.match(word)
        if not part:
            raise ValueError(f"No element: {word} in {line}")
        sign = part[4] or part[5] or ""
        codes = frozenset(part[6].split(",")) if part[6] else frozenset[str]()
        for position in range(int(part[1]), int(part[2] or part[1]) + 1):
            where = (position, int(part[3] or 0))
            elements[where] = Element(sign in {"!", "=", ":"}, codes)
            if sign == ":":
                key, keys = where, codes
    return Place(found[1], found[2] == "!", _most(found[3]), elements, key, keys)


def _put_in_order(loop: LoopPlace) -> None:
    order = 0
    for before, member in pairwise([None, *loop.members]):
        order += before is None or member is None or _kin(before) != _kin(member)
        if member is not None:
            member.order = order
            tag = member.opener.tag if isinstance(member, LoopPlace) else member.tag
            loop.by_tag.setdefault(tag, []).append(member)


def _kin(member: Place | LoopPlace) -> str:
    """Return what members of one place share: the segment's name, or the loop's without its last letter."""
    if isinstance(member, Place):
        return member.tag
    return "@" + (member.name[:-1] if member.name[-1].isalpha() and len(member.name) > 5 else member.name[:4])
