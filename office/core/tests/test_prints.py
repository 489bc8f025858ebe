"""Paper from templates, with no network."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from office.core import prints

CARD = {"title": "Keys", "groups": [{"title": "Go to", "rows": [{"keys": "g h", "words": "Now"}]}]}


@pytest.fixture
def own_prints(tmp_path: Path, settings: Any) -> Path:
    settings.ROOT = tmp_path
    folder = tmp_path / "office" / "core" / "prints"
    folder.mkdir(parents=True)
    return folder


def test_a_template_and_data_become_a_pdf() -> None:
    assert prints.pdf("core", "key_cards", {"title": "Keys", "cards": [CARD]}).startswith(b"%PDF-")


def test_data_is_text_and_never_markup(own_prints: Path) -> None:
    source = "#let data = json(bytes(sys.inputs.data))\n#set document(title: [T])\n#data.name"
    (own_prints / "label.typ").write_text(source)
    assert prints.pdf("core", "label", {"name": '#panic("run")'}).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "line", ['#import "@preview/cetz:0.3.0"', "#import '@local/x:1.0.0'", '#include "@preview/x:1"']
)
def test_a_package_from_the_network_is_refused(own_prints: Path, line: str) -> None:
    (own_prints / "label.typ").write_text(line)
    with pytest.raises(prints.Unprintable, match="network"):
        prints.pdf("core", "label", {})


def test_a_fault_tells_nothing_of_the_data(own_prints: Path) -> None:
    (own_prints / "label.typ").write_text("#let data = json(bytes(sys.inputs.data))\n#panic(data.name)")
    with pytest.raises(prints.Unprintable) as fault:
        prints.pdf("core", "label", {"name": "Marsh, Ana"})
    assert "Marsh" not in str(fault.value)


def test_a_template_reads_no_file_outside_its_folder(own_prints: Path) -> None:
    (own_prints.parent / "secret.txt").write_text("secret")
    (own_prints / "label.typ").write_text('#read("../secret.txt")')
    with pytest.raises(prints.Unprintable):
        prints.pdf("core", "label", {})


def test_a_missing_template_is_named() -> None:
    with pytest.raises(prints.Unprintable, match="core/nothing"):
        prints.pdf("core", "nothing", {})


@pytest.mark.django_db
def test_the_key_card_is_a_pdf(rosa_browser: Client) -> None:
    answer = rosa_browser.get(reverse("core:key_card"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
