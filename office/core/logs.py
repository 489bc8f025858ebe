"""Log lines that hold no patient: the fault's kind and place, never its message, since databases quote values in it."""

import logging
import traceback
from types import TracebackType


def safe_traceback(fault: BaseException) -> str:
    """Return the frames and the exception's type, chained, without messages, values or source lines."""
    return "\n".join(
        f"{type(link).__module__}.{type(link).__qualname__}\n{_frames(link.__traceback__)}" for link in _chain(fault)
    )


def _chain(fault: BaseException) -> list[BaseException]:
    links = [fault]
    while (cause := links[-1].__cause__ or links[-1].__context__) is not None and len(links) < 10:
        links.append(cause)
    return links


def _frames(trace: TracebackType | None) -> str:
    return "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace))


class LineFormatter(logging.Formatter):
    """One line of what, then the safe traceback."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: object) -> str:  # noqa: N802 (the standard library's name)
        fault = ei[1] if isinstance(ei, tuple) else None
        return safe_traceback(fault) if isinstance(fault, BaseException) else ""
