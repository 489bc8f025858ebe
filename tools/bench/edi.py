"""How fast X12 is read, balanced, checked and written, beside splitting it: MB a CPU second of its own process."""

import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from tools.bench import x12_files
from tools.bench.figure import Figure

SIZES: Final = (1_000_000, 20_000_000)
_RUNS: Final = 3
_HEAD: Final = """
    import resource, sys
    from edi import remittance_835, balancing
    from edi.envelope import Reader
    from edi.problems import Problems
    from edi.professional_claim_837p import reading, writing
    from edi.source import Source
    from edi.validation.checks import validate

    def each():
        problems = Problems()
        with open(sys.argv[1], "rb") as stream:
            for one in Reader(Source(stream), problems):
                yield one, problems
        assert problems.errors == 0, list(problems)[:3]
"""
_JOBS: Final = {
    "split": """
        with open(sys.argv[1], "rb") as stream:
            while block := stream.read(1 << 20):
                parts = [piece.split("*") for piece in block.decode("latin-1").split("~")]
    """,
    "835": """
        for one, problems in each():
            assert balancing.is_balanced(balancing.faults(remittance_835.read(one, problems)))
    """,
    "837P": """
        for one, problems in each():
            reading.read(one, problems)
    """,
    "write": """
        for one, problems in each():
            found = reading.read(one, problems)
            started = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
            written = writing.write(found)
            spent += sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - started
    """,
    "271": """
        from edi.eligibility_270_271 import reading as eligibility
        for one, problems in each():
            started = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
            for _ in range(100):
                found = eligibility.read(one, problems)
            spent += sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - started
            assert len(found.persons[0].benefits) == 100
    """,
    "check": """
        for one, problems in each():
            validate(one, problems)
    """,
}
_TAIL: Final = """
    used = resource.getrusage(resource.RUSAGE_SELF)
    # Not ru_maxrss, which begins at what the starting process held.
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(spent or used.ru_utime + used.ru_stime, int(peak.split()[1]) / 1024)
"""
_LEAST: Final = {"835": 0.20, "837P": 0.25, "write": 0.15}
_WORDS: Final = {"835": "835 read and balanced", "837P": "837P read", "write": "837P written", "check": "837P checked"}


def figures() -> Iterator[Figure]:
    """Yield MB a CPU second and its ratio to splitting the same file, memory, and what the command costs to start."""
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            yield from _of_size(Path(folder), size)
        path = Path(folder) / "answer.x12"
        x12_files.write_answer(path, benefits=100)
        took = round(_measure("271", path)[0] * 10, 2)
        yield Figure.at_most("271 of 100 benefits, read", took, "ms", 2, n=300)
    yield _start()


def _of_size(folder: Path, size: int) -> Iterator[Figure]:
    name = f"{size // 1_000_000} MB"
    for kind, jobs in (("835", ("835",)), ("837P", ("837P", "write", "check"))):
        path = folder / f"{kind}-{size}.x12"
        x12_files.write(path, kind, size)
        whole = path.stat().st_size / 1e6
        split = whole / _measure("split", path)[0]
        for job in jobs:
            if job == "check" and size > SIZES[0]:
                continue
            seconds, memory = _measure(job, path)
            speed = whole / seconds
            beside = ("splitting", round(split, 1))
            yield Figure.beside(f"{_WORDS[job]}, {name}", round(speed, 1), "MB/s", beside, n=_RUNS)
            if job in _LEAST and size > SIZES[0]:
                ratio = round(speed / split, 3)
                yield Figure.at_least(f"{_WORDS[job]}, of splitting, {name}", ratio, "ratio", _LEAST[job], n=_RUNS)
                yield Figure.at_most(f"{_WORDS[job]}, memory, {name}", round(memory, 1), "MB", 64, n=_RUNS)


def _measure(job: str, path: Path) -> tuple[float, float]:
    """Return the median CPU seconds and the most megabytes of a job in processes of its own."""
    script = textwrap.dedent(_HEAD) + "\nspent = 0\n" + textwrap.dedent(_JOBS[job]) + textwrap.dedent(_TAIL)
    command = [sys.executable, "-c", script, str(path)]
    found = [subprocess.check_output(command, text=True).split() for _ in range(_RUNS)]
    return median(float(seconds) for seconds, _ in found), max(float(memory) for _, memory in found)


def _start() -> Figure:
    """Return how many milliseconds the command takes to start beyond the interpreter's own start."""
    script = "import resource; {} u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_utime + u.ru_stime)"
    took = {
        what: median(float(subprocess.check_output([sys.executable, "-c", script.format(what)])) for _ in range(9))
        for what in ("", "import edi.cli;")
    }
    beyond = round((took["import edi.cli;"] - took[""]) * 1000, 1)
    return Figure.at_most("x12 command, start beyond the interpreter's", beyond, "ms", 150, n=9)
