"""Runs a management command. `./run COMMAND` calls this."""

import os
import sys

from config.state import WrongState


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except (WrongState, ImproperlyConfigured) as reason:
        # Settings are read before any command is there to say it.
        sys.stderr.write(f"{reason}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
