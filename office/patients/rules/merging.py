"""What a kept chart gains from the one merged into it."""

from collections.abc import Mapping
from typing import Any

_NOT_KNOWN = (None, "", "U", False)


def what_the_kept_chart_gains(kept: Mapping[str, Any], merged: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that the kept chart lacks and the merged one has; a fact of its own is never overwritten.

    A death or a restriction on either chart holds for the one person.
    """
    return {
        name: value
        for name, value in merged.items()
        if kept.get(name) in _NOT_KNOWN and value not in _NOT_KNOWN and value != kept.get(name)
    }


def differing(kept: Mapping[str, Any], merged: Mapping[str, Any]) -> list[str]:
    """Return the facts that both charts know and that differ, in the order given: a person should look at them."""
    return [
        name
        for name, value in merged.items()
        if value not in _NOT_KNOWN and kept.get(name) not in _NOT_KNOWN and value != kept.get(name)
    ]
