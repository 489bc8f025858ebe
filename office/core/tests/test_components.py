"""The components: labels, hints and errors belong together, and nothing is trusted as markup."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from office.core.templatetags import ui


class VisitForm(forms.Form):
    born = forms.CharField(label="Birth date", help_text="As on the card")
    paper = forms.BooleanField(label="Paper statements", required=False)
    told = forms.ChoiceField(label="Patient told?", choices=[("spoke", "Spoke")], widget=forms.RadioSelect)


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_field_ties_its_hint_and_its_error_to_the_control() -> None:
    html = drawn("{% field form.born 3 %}", form=VisitForm({}))
    assert 'class="field span-3"' in html
    assert 'aria-describedby="id_born_error id_born_hint"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_born_error"' in html
    assert 'id="id_born_hint"' in html
    assert '<label class="field__label" for="id_born">Birth date</label>' in html


def test_further_keywords_become_attributes() -> None:
    assert 'data-key="b"' in drawn('{% field form.born data_key="b" %}', form=VisitForm())


def test_a_check_box_stands_in_its_label_and_choices_in_a_group() -> None:
    html = drawn("{% field form.paper %}{% field form.told %}", form=VisitForm())
    assert 'class="check" for="id_paper"' in html
    assert '<legend class="field__label">Patient told?</legend>' in html
    assert html.count('type="radio"') == 1


def test_a_form_says_which_fields_ask_for_a_look() -> None:
    html = drawn("{% form_errors form %}", form=VisitForm({}))
    assert "2 fields ask for a look" in html
    assert 'href="#id_born"' in html


@pytest.mark.parametrize(
    "source",
    [
        "{% card title=bad %}{{ bad }}{% endcard %}",
        '{% dialog id="d" title=bad %}{{ bad }}{% enddialog %}',
        "{% table caption=bad %}{{ bad }}{% endtable %}",
        "{% banner %}{{ bad }}{% endbanner %}",
        "{% empty title=bad %}{{ bad }}{% endempty %}",
        "{% chip bad %}",
        "{% who bad %}",
        "{% kbd bad %}",
        "{% marked bad 'b' %}",
    ],
)
def test_a_name_is_never_markup(source: str) -> None:
    html = drawn(source, bad="<b>x")
    assert "<b>x" not in html
    assert "&lt;" in html


def test_a_birth_date_stands_beside_the_name_also_when_it_is_not_known() -> None:
    assert "06/14/1961" in ui.who("Marsh, Ana", date(1961, 6, 14))
    assert "birth date not known" in ui.who("Marsh, Ana")


def test_the_letters_that_were_asked_for_are_marked() -> None:
    assert ui.marked("Farouk, Layla", "faro 1979") == "<mark>Faro</mark>uk, Layla"
    assert ui.marked("Farouk, Layla", "") == "Farouk, Layla"


def test_long_work_asks_again_while_it_runs_and_says_when_it_is_done() -> None:
    at_work = {"label": "Sending claims", "value": 28, "max": 42}
    running = render_to_string("components/progress.html", {**at_work, "url": "/state/"})
    done = render_to_string("components/progress.html", {**at_work, "value": 42})
    assert 'hx-trigger="every 1s"' in running
    assert "Leave it running" in running
    assert "hx-get" not in done
    assert "Sending claims: done" in done
