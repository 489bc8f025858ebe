"""Names as they are compared: folded, cut into words, and how near two of them are."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

#: Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "ħ": "h",
        "ŋ": "n",
        "ŧ": "t",
    }
)
_NOT_A_LETTER = re.compile(r"[^\w]|_")
_WITHIN_A_WORD = re.compile("['`\u2018\u2019\u00b4\u02bb\u02bc]")

LONGEST_WORD = 40
KEYED_LETTERS = 8

#: Short forms that share no spelling with the long one; the near ones are found by likeness.
NICKNAMES: dict[str, frozenset[str]] = {
    short: frozenset(names.split())
    for short, names in {
        "abby": "abigail", "al": "albert alan alfred alexander", "alex": "alexander alexandra", "andy": "andrew",
        "becky": "rebecca", "ben": "benjamin", "beth": "elizabeth bethany", "betty": "elizabeth", "bill": "william",
        "billy": "william", "bob": "robert", "bobby": "robert", "charlie": "charles", "chris": "christopher christine",
        "chuck": "charles", "dan": "daniel", "dave": "david", "debbie": "deborah", "dick": "richard",
        "don": "donald", "ed": "edward edwin", "fred": "frederick alfred", "gabe": "gabriel", "greg": "gregory",
        "hank": "henry", "harry": "harold henry", "jack": "john", "jake": "jacob", "jen": "jennifer",
        "jenny": "jennifer", "jerry": "gerald jerome", "jess": "jessica", "jim": "james", "jimmy": "james",
        "joe": "joseph", "jon": "jonathan john", "kate": "katherine kathleen", "kathy": "katherine kathleen",
        "katie": "katherine", "ken": "kenneth", "larry": "lawrence", "liz": "elizabeth", "lupe": "guadalupe",
        "maggie": "margaret", "matt": "matthew", "meg": "margaret megan", "mike": "michael", "nancho": "ignacio",
        "nate": "nathan nathaniel", "ned": "edward", "nick": "nicholas", "pam": "pamela", "pat": "patrick patricia",
        "pancho": "francisco", "paco": "francisco", "patty": "patricia", "peggy": "margaret", "pepe": "jose",
        "pete": "peter", "phil": "philip", "ray": "raymond", "rich": "richard", "rick": "richard frederick",
        "rob": "robert", "ron": "ronald", "sally": "sarah", "sam": "samuel samantha", "sandy": "sandra alexander",
        "steve": "steven stephen", "sue": "susan", "suzy": "susan", "ted": "edward theodore", "terry": "teresa terence",
        "tim": "timothy", "tom": "thomas", "tony": "anthony antonio", "vicky": "victoria", "will": "william",
        "zach": "zachary",
    }.items()
}  # fmt: skip


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return the text in small letters without accents, apostrophes or punctuation, words a space apart."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    plain = _WITHIN_A_WORD.sub("", text.casefold()).translate(_LETTERS)
    return " ".join(_NOT_A_LETTER.sub(" ", plain).split())


@lru_cache(maxsize=200_000)
def words_of(text: str) -> frozenset[str]:
    """Return the folded words of one name, and the whole run together, so that "de la Cruz" meets "Delacruz"."""
    words = fold(text).split()
    if len(words) > 1:
        words.append("".join(words))
    return frozenset(word[:LONGEST_WORD] for word in words)


def words_of_names(names: Iterable[str]) -> set[str]:
    """Return every word by which someone with these names is found."""
    return set().union(*(words_of(name) for name in names if name))


def long_forms(word: str) -> frozenset[str]:
    """Return the names that a folded word is short for; ``bob`` gives ``robert``."""
    return NICKNAMES.get(word, frozenset())


def edits_allowed(length: int) -> int:
    """Return how many letters may be wrong in a word of this length: a short one is soon another name."""
    return 0 if length < 3 else 1 if length < 7 else 2


@lru_cache(maxsize=50_000)
def spelling_keys(word: str) -> frozenset[str]:
    """Return what is left of the word's first letters with up to two gone, and how it sounds.

    Two words that differ by a slip or two share one of these (symmetric deletion, as in SymSpell), so near words are
    found by equality alone, which any index answers.
    """
    start = word[:KEYED_LETTERS]
    keys = {start, f"~{sound(word)}"}
    for gone in range(1, min(edits_allowed(len(word)), len(start) - 1) + 1):
        keys.update("".join(left) for left in combinations(start, len(start) - gone))
    return frozenset(keys)


_SOUNDS = [
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        (r"^(kn|gn|pn)", "n"), (r"^wr", "r"), (r"^x", "s"), (r"^wh", "w"), (r"^mac(?=[^aeiou])", "mk"), (r"^mc", "mk"),
        (r"sch", "sk"), (r"tch", "x"), (r"c(?=ia)|sh|ch", "x"), (r"ph|v", "f"), (r"th", "t"), (r"dg(?=[eiy])", "j"),
        (r"gh(?=[aeiouy])", "g"), (r"gh", ""), (r"c(?=[eiy])", "s"), (r"g(?=[eiy])", "j"), (r"[cq]", "k"),
        (r"x(?<!^x)", "ks"), (r"z", "s"), (r"(?<=.)[hwy]", "a"), (r"(?<=.)[aeiou]+", ""), (r"^[aeiouy]", "a"),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Return a short code of the consonants as English speakers say them; Smith and Smyth have the same."""
    for pattern, becomes in _SOUNDS:
        word = pattern.sub(becomes, word)
    return word[:6]


def distance(left: str, right: str, most: int) -> int:
    """Return the slips between two words (a letter more, less, other, or two swapped), or ``most + 1`` beyond that."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        line = [row]
        for column, other in enumerate(right, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


@lru_cache(maxsize=500_000)
def likeness(left: str, right: str) -> float:
    """Return the Jaro-Winkler likeness of two folded names: 1 the same, 0 nothing alike (Winkler 1990)."""
    if left == right:
        return 1.0
    if not left or not right:
        return 0.0
    matched, facing = _agreeing(left, right)
    if not matched:
        return 0.0
    swapped = sum(one != two for one, two in zip(matched, facing, strict=True)) // 2
    count = len(matched)
    jaro = (count / len(left) + count / len(right) + (count - swapped) / count) / 3
    start = 0
    for one, two in zip(left[:4], right[:4], strict=False):
        if one != two:
            break
        start += 1
    return jaro + start * 0.1 * (1 - jaro)


def taken_for(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two people, each ``(family, given)``, may be taken for each other, also with names exchanged."""
    return any(
        _nearly_the_same(one[0], family) and _nearly_the_same(one[1], given) for family, given in (other, other[::-1])
    )


def _nearly_the_same(one: str, other: str) -> bool:
    left, right = fold(one), fold(other)
    return likeness(left, right) >= 0.88 or sound(left) == sound(right)


def _agreeing(left: str, right: str) -> tuple[list[str], list[str]]:
    """Return the letters that both words have at about the same place, in the order of each."""
    reach = max(max(len(left), len(right)) // 2 - 1, 0)
    taken = [False] * len(right)
    matched: list[str] = []
    for place, letter in enumerate(left):
        for other in range(max(0, place - reach), min(len(right), place + reach + 1)):
            if not taken[other] and right[other] == letter:
                taken[other] = True
                matched.append(letter)
                break
    return matched, [letter for letter, hit in zip(right, taken, strict=True) if hit]
