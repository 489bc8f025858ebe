"""The table of every action and every role, from the code itself."""

from importlib import import_module
from pkgutil import walk_packages

import office
from office.core.actions import ACTIONS
from office.staff.permissions import MAY, ROLE_LABELS


def page() -> str:
    """Return the Markdown page: a line for each action that the program has, a column for each role."""
    for module in walk_packages(office.__path__, "office."):
        if not {"tests", "migrations", "management"} & set(module.name.split(".")):
            import_module(module.name)
    lines = [
        "# Who may do what",
        "",
        "Made from the code by `./run who_may`; a test fails when it is not up to date. A role holds everywhere or at",
        "one location. Source: `office/staff/permissions.py` and every `@action`.",
        "",
        f"| Action | Permission | {' | '.join(ROLE_LABELS[role] for role in MAY)} |",
        f"|---|---|{'---|' * len(MAY)}",
    ]
    for name, permission in sorted(ACTIONS.items()):
        if name.startswith("office.") and ".tests." not in name:
            marks = " | ".join("yes" if permission in may else "" for may in MAY.values())
            lines.append(f"| {name.removeprefix('office.').replace('.actions', '')} | `{permission}` | {marks} |")
    return "\n".join(lines) + "\n"
