"""Level 1: each element is of its type and length, and elements that depend on each other stand together (X12.6).

Nothing here quotes what an element holds: it may be a patient's.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from edi.dictionary import Definition, Kind, definitions
from edi.segments import Delimiters

Fault = tuple[str, str, str]  # element, code, sentence

_DATE: Final = re.compile(r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_TIME: Final = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d\d{0,2})?", re.ASCII)
_WHOLE: Final = re.compile(r"-?\d+", re.ASCII)
_DECIMAL: Final = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_NAME: Final = re.compile(r"[A-Z][A-Z0-9]{1,2}", re.ASCII)


def faults(elements: list[str], marks: Delimiters) -> Iterator[Fault]:
    """Yield what is wrong with a segment in itself."""
    tag = elements[0]
    if not _NAME.fullmatch(tag):
        yield "", "segment_name", "A segment has no name of two or three capital letters and digits."
        return
    if len(elements) > 1 and not elements[-1]:
        yield f"{tag}{len(elements) - 1:02}", "trailing", f"{tag} ends in a separator with nothing behind it."
    definition = definitions().get(tag)
    if definition is None:
        return
    most = len(definition.elements)
    if len(elements) - 1 > most:
        yield f"{tag}{most + 1:02}", "too_many_elements", f"{tag} has more than its {most} elements."
    for position, (value, kind) in enumerate(zip(elements[1:], definition.elements, strict=False), 1):
        if value:
            yield from _of_element(f"{tag}{position:02}", value, kind, marks)
    yield from _relations(elements, definition)


def _relations(elements: list[str], definition: Definition) -> Iterator[Fault]:
    for letter, positions in definition.relations:
        stands = [position < len(elements) and bool(elements[position]) for position in positions]
        if _BROKEN[letter](stands):
            yield _of_relation(elements[0], letter, positions, stands)


def _of_element(element: str, value: str, kind: Kind, marks: Delimiters) -> Iterator[Fault]:
    for one in value.split(marks.repetition) if marks.repetition else (value,):
        if kind.letter == "{":
            parts = one.split(marks.component)
            if len(parts) > len(kind.components):
                yield element, "too_many_components", f"{element} has more than its {len(kind.components)} components."
            for number, (part, inner) in enumerate(zip(parts, kind.components, strict=False), 1):
                if part:
                    yield from _of_value(f"{element}-{number}", part, inner)
        elif marks.component in one:
            yield element, "too_many_components", f"{element} has components, and takes none."
        else:
            yield from _of_value(element, one, kind)


def _of_value(element: str, value: str, kind: Kind) -> Iterator[Fault]:
    wrong, what = _TYPES[kind.letter]
    if wrong(value):
        yield element, what[0], f"{element} {what[1]}."
        return
    length = sum(map(str.isdigit, value)) if kind.letter in "NR" else len(value)
    if length > kind.most:
        yield element, "too_long", f"{element} has {length} characters; at most {kind.most} fit."
    elif length < kind.least:
        yield element, "too_short", f"{element} has {length} characters and needs {kind.least}."


def _is_no_text(value: str) -> bool:
    return bool(_CONTROL.search(value)) or not value.strip()


_TYPES: Final[dict[str, tuple[Callable[[str], bool], tuple[str, str]]]] = {
    "A": (_is_no_text, ("character", "holds characters that may not be sent, or blanks only")),
    "I": (_is_no_text, ("character", "holds characters that may not be sent, or blanks only")),
    "N": (lambda value: not _WHOLE.fullmatch(value), ("number", "is no whole number")),
    "R": (lambda value: not _DECIMAL.fullmatch(value), ("number", "is no number")),
    "D": (lambda value: not _DATE.fullmatch(value), ("date", "is no date of the form CCYYMMDD")),
    "T": (lambda value: not _TIME.fullmatch(value), ("time", "is no time of the form HHMM")),
}
_BROKEN: Final[dict[str, Callable[[list[bool]], bool]]] = {
    "P": lambda stands: any(stands) and not all(stands),
    "R": lambda stands: not any(stands),
    "E": lambda stands: sum(stands) > 1,
    "C": lambda stands: stands[0] and not all(stands),
    "L": lambda stands: stands[0] and not any(stands[1:]),
}


def _of_relation(tag: str, letter: str, positions: tuple[int, ...], stands: list[bool]) -> Fault:
    names = [f"{tag}{position:02}" for position in positions]
    lacking = next((name for name, there in zip(names, stands, strict=True) if not there), names[-1])
    if letter == "E":
        return names[-1], "exclusive", f"{' and '.join(names)} may not stand together."
    if letter == "R":
        return lacking, "needs_one", f"One of {', '.join(names)} must stand."
    there = next(name for name, stood in zip(names, stands, strict=True) if stood)
    return lacking, "goes_with", f"{there} stands without {lacking}; they go together."
