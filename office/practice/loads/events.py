"""What happens to an upload and is done a moment later."""

from dataclasses import dataclass

from office.core.events import Event


@dataclass(frozen=True)
class TableWaits(Event):
    """A table waits to be looked through, or to be loaded; its state says which."""

    load_id: str
