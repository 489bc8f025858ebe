"""The components (wrapping ones are block tags over components/*.html), and how things are written."""

import json
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from office.core import words
from office.core.money import dollars as money_words

register = template.Library()

#: The six tones of a visit's status; anything else is neutral.
TONES = {
    "booked": "neutral",
    "confirmed": "blue",
    "arrived": "amber",
    "roomed": "violet",
    "with_provider": "violet",
    "done": "green",
    "no_show": "red",
    "canceled": "red",
}

# --- wrapping components


@register.simple_block_tag
def card(content: str, title: str = "", note: str = "", tone: str = "", flush: bool = False) -> SafeString:  # noqa: FBT001, FBT002
    """A card with a head: ``{% card title="When" %}…{% endcard %}``; ``flush`` gives a table the full width."""
    context = {"content": content, "title": title, "note": note, "tone": tone, "flush": flush}
    return mark_safe(render_to_string("components/card.html", context))  # noqa: S308


@register.simple_block_tag
def dialog(content: str, id: str, title: str, wide: bool = False) -> SafeString:  # noqa: A002, FBT001, FBT002
    """A dialog for a real choice; a button with ``data-opens="<id>"`` opens it."""
    context = {"content": content, "id": id, "title": title, "wide": wide}
    return mark_safe(render_to_string("components/dialog.html", context))  # noqa: S308


@register.simple_block_tag
def table(content: str, caption: str) -> SafeString:
    """A table that scrolls in its own frame; the caption is read out, not shown."""
    return mark_safe(render_to_string("components/table.html", {"content": content, "caption": caption}))  # noqa: S308


@register.simple_block_tag
def banner(content: str, tone: str = "amber", icon: str = "alert") -> SafeString:
    """What stands in the way: first words bold, then what to do."""
    return mark_safe(render_to_string("components/banner.html", {"content": content, "tone": tone, "icon": icon}))  # noqa: S308


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "check") -> SafeString:
    """Nothing here: the plain sentence, and what to do next."""
    return mark_safe(render_to_string("components/empty.html", {"content": content, "title": title, "icon": icon}))  # noqa: S308


# --- small components


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """An icon of img/icons.svg in the color of its text; it never stands alone for a word."""
    return format_html(
        '<svg class="icon icon--{}" width="{}" height="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        size, size, size, static("img/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def kbd(keys: str) -> SafeString:
    """``{% kbd "Ctrl K" %}``: one cap a key."""
    return format_html_join(" ", "<kbd>{}</kbd>", ((key,) for key in keys.split()))


@register.simple_tag
def chip(word: str, tone: str = "neutral", style: str = "") -> SafeString:
    """A status: bar, fill and word. ``style`` is "", ``quiet`` (the expected state) or ``plain`` (a fact)."""
    kind = f" chip--{style}" if style else ""
    return format_html('<span class="chip{}" data-tone="{}">{}</span>', kind, tone, word)


@register.simple_tag
def status_chip(appointment: Any, style: str = "") -> SafeString:
    """The status of an appointment, in its tone."""
    return chip(appointment.get_status_display(), TONES.get(appointment.status, "neutral"), style)


@register.filter
def tone(status: str) -> str:
    """The tone of a visit's status, for ``data-tone``."""
    return TONES.get(str(status), "neutral")


@register.simple_tag
def who(name: str, birth_date: date | None = None, is_closed: bool = False) -> SafeString:  # noqa: FBT001, FBT002
    """A person: the name, and the birth date always beside it; of a closed chart only that it is there."""
    if is_closed:
        return format_html('<span class="who"><span class="who__name">{}</span></span>', name)
    born = us_date(birth_date) if birth_date else "birth date not known"
    return format_html(
        '<span class="who"><span class="who__name">{}</span> <time class="who__born">{}</time></span>', name, born
    )


@register.simple_tag
def field(bound: BoundField, span: int = 12, hint: str = "", **attributes: Any) -> SafeString:
    """A labeled field with its hint and its error, tied together for a screen reader; ``span`` of twelve columns.

    Further keywords become attributes of the control: ``autocomplete="off"``, ``data_key="b"`` (``data-key``).
    """
    hint = hint or str(bound.help_text)
    described = [f"{bound.auto_id}_error"] if bound.errors else []
    described += [f"{bound.auto_id}_hint"] if hint else []
    attrs = {key.replace("_", "-"): value for key, value in attributes.items()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    widget = bound.field.widget
    choices = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    if not choices and not isinstance(widget, CheckboxInput):
        attrs["class"] = f"input {widget.attrs.get('class', '')} {attrs.get('class', '')}".strip()
    context = {
        "bound": bound,
        "span": span,
        "hint": hint,
        "control": bound if choices else bound.as_widget(attrs=attrs),
        "is_choice": choices,
        "is_check": isinstance(widget, CheckboxInput),
        "described": " ".join(described),
    }
    return mark_safe(render_to_string("components/field.html", context))  # noqa: S308


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with the form as a whole, and how many fields ask for a look."""
    return {"form": form, "faulty": [form[name] for name in form.errors if name in form.fields]}


# --- how things are written


@register.filter
def phone(number: str | None) -> str:
    """``+15555550123`` is ``(555) 555-0123``."""
    return words.phone_words(number or "")


@register.filter
def us_date(day: date | datetime | None) -> str:
    """``06/14/1961``; a moment is told in the page's zone."""
    if day is None:
        return ""
    return words.date_words(timezone.localtime(day) if isinstance(day, datetime) else day)


@register.filter
def clock(at: datetime | None) -> str:
    """``2:30 PM`` in the page's zone."""
    return words.clock_words(timezone.localtime(at)) if at else ""


@register.filter
def day_words(day: date | datetime | None) -> str:
    """``Monday, November 23``."""
    if day is None:
        return ""
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return f"{local:%A, %B} {local.day}"


@register.filter
def dollars(cents: int | None) -> str:
    """``123450`` cents are ``$1,234.50``."""
    return "" if cents is None else money_words(cents)


@register.filter
def age(birth: date | None) -> str:
    """``65``, ``7 months``, ``3 weeks``, ``5 days``, as of today in the page's zone."""
    return words.age_words(birth, timezone.localdate()) if birth else ""


@register.filter
def time_left(due_at: datetime | None) -> str:
    """``9 min``, ``1 h 40``, ``Overdue by 3 min``."""
    if due_at is None:
        return ""
    return words.left_words(round((due_at - timezone.now()).total_seconds() // 60))


@register.filter
def at(mapping: Any, key: str) -> Any:
    """The value under a key that a template only knows by name."""
    return mapping.get(key)


@register.filter(name="json")
def as_json(value: Any) -> str:
    """Plain values for a data attribute; the template escapes it."""
    return json.dumps(value)


@register.filter
def initials(label: str) -> str:
    """``Dana Okafor`` is ``DO``."""
    parts = label.split()
    return "".join(part[0] for part in (*parts[:1], *parts[1:][-1:])).upper()


@register.filter
def same(value: Any, other: Any) -> str:
    """``true`` or ``false``, for aria attributes."""
    return "true" if value == other else "false"


@register.simple_tag
def marked(label: str, asked: str) -> SafeString:
    """The label with the letters that were asked for marked."""
    first = next((part for part in asked.replace(",", " ").split() if part.lower() in label.lower()), "")
    if not first:
        return format_html("{}", label)
    begin = label.lower().index(first.lower())
    end = begin + len(first)
    return format_html("{}<mark>{}</mark>{}", label[:begin], label[begin:end], label[end:])
