"""How fast the trail is sealed and verified, and how that grows."""

import time
from collections.abc import Callable, Iterator
from uuid import UUID

from django.db import transaction

from office.audit import sealer, trail, verify
from office.core.actors import Automation
from tools.bench.figure import Figure

SIZES = (1_000, 10_000)
_PATIENT = UUID("018f0000-0000-7000-8000-000000000001")


def figures() -> Iterator[Figure]:
    """Yield rows a CPU second, sealing and verifying; the rate at the larger size beside the smaller one."""
    clerk = Automation("bench", ())
    rates: dict[str, list[float]] = {"sealed": [], "verified": []}
    written = 0
    for size in SIZES:
        with transaction.atomic():
            for _ in range(size - written):
                trail.record(clerk, "chart.opened", patient_id=_PATIENT)
        rates["sealed"].append((size - written) / _cpu_seconds(sealer.seal_entries))
        rates["verified"].append(size / _cpu_seconds(verify.verify))
        written = size
    for what, (small, large) in rates.items():
        yield Figure(f"audit entries {what}, {SIZES[0]:,} at once", small, "rows/s", n=SIZES[0])
        peer = (f"at {SIZES[0]:,}", round(small))
        yield Figure.beside(f"audit entries {what}, {SIZES[1]:,} at once", large, "rows/s", peer, n=SIZES[1])


def _cpu_seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
