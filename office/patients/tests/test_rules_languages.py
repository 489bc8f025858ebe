"""Names of languages."""

import pytest

from office.patients.rules.languages import LANGUAGES, language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("es", "Spanish"),
        ("es-MX", "Spanish"),
        ("ZH-hant", "Chinese"),
        ("ase", "American Sign Language"),
        ("xyz", "xyz"),
    ],
)
def test_a_language_is_called_by_its_name_whatever_its_region(code: str, name: str) -> None:
    assert language_name(code) == name


def test_every_code_and_every_name_stands_once() -> None:
    codes, names = LANGUAGES.keys(), LANGUAGES.values()
    assert len(set(codes)) == len(set(names)) == len(LANGUAGES)
