"""What someone typed into the one search box: words of a name, a birth date, a phone number, a number of a chart."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from office.patients.rules.dates import birth_date_in
from office.patients.rules.names import LONGEST_WORD, edits_allowed, fold, likeness, long_forms, sound
from office.patients.rules.phones import looks_like_a_phone, phone_word

MOST_WORDS = 6


@dataclass(frozen=True)
class Asked:
    """What is looked for. All the words must fit; of dates, phone and numbers any one, since digits read many ways."""

    words: tuple[str, ...] = ()
    birth_date: date | None = None
    phone: str = ""
    number: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.birth_date or self.phone or self.number or self.email)


def read_search(text: str, *, today: date) -> Asked:
    """Return what the text asks for; digits may be a birth date, a phone number and a chart number at once."""
    text = " ".join(text.replace(",", " , ").split())[:120]
    if "@" in text and " " not in text:
        return Asked(email=text.casefold())
    pieces = [piece for piece in text.split() if piece != ","]
    whole = _digits(" ".join(pieces), today)
    if whole:
        return whole
    for size in (3, 2, 1):
        for start in range(len(pieces) - size + 1):
            found = _digits(" ".join(pieces[start : start + size]), today)
            if found:
                rest = " ".join(pieces[:start] + pieces[start + size :])
                return Asked(_words(rest), found.birth_date, found.phone, found.number)
    return Asked(_words(" ".join(pieces)))


def _digits(piece: str, today: date) -> Asked:
    """Return what a piece with digits may be, or nothing."""
    if not re.search(r"\d", piece):
        return Asked()
    phone = phone_word(piece) if looks_like_a_phone(piece) else ""
    number = piece if " " not in piece and re.fullmatch(r"[\w.#-]+", piece) else ""
    return Asked(birth_date=birth_date_in(piece, today=today), phone=phone, number=number.lstrip("#"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in fold(text).split()))[:MOST_WORDS]


@lru_cache(maxsize=20_000)
def fit(asked: str, word: str) -> float:
    """Return how well a word of a name fits one that was asked for: 1 the same, 0 not at all."""
    if asked == word:
        return 1.0
    if word in long_forms(asked):
        return 0.9
    if word.startswith(asked):
        return 0.8 + 0.15 * len(asked) / len(word)
    alike = likeness(asked, word)
    # The sound is asked last: it costs more than all the rest.
    if edits_allowed(len(asked)) and (alike >= 0.8 or (alike >= 0.6 and sound(asked) == sound(word))):
        return 0.85 * alike
    # A misspelled beginning: "mcdonel" asks for McDonnell-Hughes.
    beginning = likeness(asked, word[: len(asked)]) if len(word) > len(asked) else 0.0
    return 0.7 * beginning if beginning >= 0.85 else 0.0


def fit_of_name(asked: tuple[str, ...], words: frozenset[str]) -> float:
    """Return how well a whole name fits, between 0 and 1; a word that fits nothing counts as 0."""
    return sum(max((fit(one, word) for word in words), default=0.0) for one in asked) / len(asked) if asked else 0.0
