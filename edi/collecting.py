"""Python's cyclic collector, set aside while many values are made at once.

It runs after every few hundred new objects and walks them all; a transaction makes tens of thousands, and none of them
points back to another, so counting references frees them without it. Reading takes half the time.
"""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


def without_collecting(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run a function with the collector off, and on again behind it if it was on."""

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if not gc.isenabled():
            return function(*args, **kwargs)
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            gc.enable()

    return run
