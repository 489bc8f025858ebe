"""One measured figure, as `./run bench --json` prints it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A value, what it is compared with, and their ratio.

    ``than`` names a peer or a limit in words (``at most 60``, ``the bare constraint: 412``), ``ratio`` is the value
    over that number, ``n`` the number of measurements that the value is the median (or the named percentile) of.
    """

    name: str
    value: float
    unit: str
    than: str = ""
    ratio: float | None = None
    n: int = 1

    @classmethod
    def at_most(cls, name: str, value: float, unit: str, limit: float, *, n: int = 1) -> "Figure":
        """A figure with a limit above it: it holds while the ratio is at most 1."""
        return cls(name, value, unit, f"at most {limit:g}", value / limit, n)

    @classmethod
    def at_least(cls, name: str, value: float, unit: str, limit: float, *, n: int = 1) -> "Figure":
        """A figure with a limit beneath it: it holds while the ratio is at least 1."""
        return cls(name, value, unit, f"at least {limit:g}", value / limit, n)

    @classmethod
    def beside(cls, name: str, value: float, unit: str, peer: tuple[str, float], *, n: int = 1) -> "Figure":
        """A figure beside a peer's, given as its name and its value in the same unit."""
        return cls(name, value, unit, f"{peer[0]}: {peer[1]:g}", value / peer[1], n)
