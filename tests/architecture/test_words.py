"""What people read is spelled as the United States spell it, and pages carry no code or style of their own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of, python_files, tree_of

BRITISH = re.compile(
    r"\b(?:"
    r"colou?r(?<!color)\w*|(?:fav|behavi|hon|lab|neighb|rum|tum|hum)our\w*|centre[ds]?|metres?|litres?|fibre|"
    r"cancell(?:ed|ing)|travell(?:ed|ing|er)|label(?:led|ling)|model(?:led|ling)|signalling|counsell\w+|"
    r"(?:author|organ|recogn|steril|summar|immun|hospital|minim|maxim|prior|real|final|categor|normal|util|"
    r"apolog|anonym|capital|character|custom|digit|emphas|general|initial|local|mobil|optim|personal|special|"
    r"standard|stabil|synchron|visual)is(?:e|ed|es|er|ing|ation|ations)|"
    r"analys(?:e|ed|es|ing)|paralys\w+|catalogue\w*|dialogues?|cheques?|licence[ds]?|practis(?:e|ed|es|ing)|"
    r"programmes?|(?-i:grey\w*)|enrolment|enrol|fulfil|instalments?|judgement|ageing|whilst|learnt|sceptical|"
    r"haem\w+|anaem\w+|anaesth\w+|paediatr\w+|oestr\w+|diarrhoea\w*|oedema\w*|orthopaed\w+|gynaecol\w+|"
    r"foetus|foetal|leukaem\w+|caesarean|defence|offence|pyjamas|aluminium|tyres?|kerb|storeys?|jewellery"
    r")\b",
    re.IGNORECASE,
)
#: Words of a standard that are spelled so: FHIR's codes, and names in other programs' interfaces.
STANDARD = re.compile(r"[a-z][a-z0-9_.:-]*")
PROSE = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TEMPLATES = sorted(path for path in (ROOT / "office").rglob("*.html") if "node_modules" not in path.parts)
BROWSER_CODE = sorted(
    path for kind in ("*.js", "*.css", "*.typ", "*.svg") for path in (ROOT / "office").rglob(kind)
)  # fmt: skip

FORBIDDEN = {
    "a style of its own": re.compile(r"""<style\b|\sstyle\s*=""", re.IGNORECASE),
    "a script of its own": re.compile(r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE),
    "an event attribute": re.compile(r"""\son[a-z]+\s*=\s*["'{]|\shx-on\b""", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"""\s(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


def british_in(text: str) -> list[str]:
    return sorted({found.group() for found in BRITISH.finditer(text)})


def strings_of(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not STANDARD.fullmatch(node.value):
            yield node.value


def test_the_list_knows_both_spellings() -> None:
    assert british_in("Cancelled, colour, authorisation, the centre, an orthopaedic licence") == [
        "Cancelled", "authorisation", "centre", "colour", "licence", "orthopaedic",
    ]  # fmt: skip
    assert british_in("Canceled, color, colored, authorization, center, exercise, advise, promise, license, four") == []


@pytest.mark.parametrize("path", [*TEMPLATES, *BROWSER_CODE, *PROSE], ids=name_of)
def test_what_people_read_is_spelled_as_in_the_united_states(path: Path) -> None:
    assert british_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [path for path in python_files("office") if path.name != "test_words.py"], ids=name_of)
def test_what_the_program_says_is_spelled_as_in_the_united_states(path: Path) -> None:
    assert [word for text in strings_of(path) for word in british_in(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_page_carries(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [what for what, mark in FORBIDDEN.items() if mark.search(text)] == []


def test_only_the_tokens_know_a_color() -> None:
    color = re.compile(r"#[0-9a-f]{3,8}\b(?=[^{]*;)|\brgba?\(|\bhsla?\(", re.IGNORECASE)
    sheets = [path for path in BROWSER_CODE if path.suffix == ".css" and path.name != "tokens.css"]
    assert [name_of(path) for path in sheets if color.search(path.read_text(encoding="utf-8"))] == []
