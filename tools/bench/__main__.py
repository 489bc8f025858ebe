"""`./run bench [AREA…] [--json] [--patients N]`: the figures we hold ourselves to, each area on a state of its own."""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tools.bench.figure import Figure

HERE = Path(__file__).parent
TOOLS = {"__init__", "__main__", "figure", "starting", "timed", "town"}
AREAS = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in TOOLS)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure; medians and ratios, not verdicts.")
    parser.add_argument("areas", nargs="*", metavar="AREA", help=", ".join(AREAS))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--patients", type=int, metavar="N", help="how many the search of patients is measured among")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if unknown := set(options.areas) - set(AREAS):
        print(f"No figures of {', '.join(sorted(unknown))}. There are of {', '.join(AREAS)}.", file=sys.stderr)
        return 2
    if options.patients:
        os.environ["BENCH_PATIENTS"] = str(options.patients)  # for the area's own process
    if options.here:
        return measure(options.areas[0], as_json=options.json)
    return max((apart(area, as_json=options.json) for area in options.areas or AREAS), default=0)


def apart(area: str, *, as_json: bool) -> int:
    """Measure one area in a process and a state folder of its own, so that no area warms or fills another's."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        command = [sys.executable, "-m", "tools.bench", "--here", area, *(["--json"] if as_json else [])]
        environment = {**os.environ, "FRONTDESK_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        return subprocess.run(command, check=False, env=environment, cwd=HERE.parent.parent).returncode


def measure(area: str, *, as_json: bool) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    for figure in importlib.import_module(f"tools.bench.{area}").figures():
        print(json.dumps({"area": area, **asdict(figure)}) if as_json else line(area, figure), flush=True)
    return 0


def line(area: str, figure: Figure) -> str:
    ratio = "" if figure.ratio is None else f"  {figure.ratio:.2f} of it"
    beside = f"  ({figure.than}{ratio})" if figure.than else ""
    return f"{area:<11} {figure.name:<62} {figure.value:>12,.2f} {figure.unit:<10} n={figure.n}{beside}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
