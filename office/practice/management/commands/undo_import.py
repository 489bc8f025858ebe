"""`./run undo-import ID`: take a whole load back; what was used since stays."""

from argparse import ArgumentParser
from typing import Any, ClassVar
from uuid import UUID

from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission
from office.practice.loads import actions
from office.practice.loads.models import Load


class Command(OfficeCommand):
    """Take back what import-table did, by the id that it printed."""

    help = __doc__ or ""
    permissions: ClassVar = (Permission.IMPORT_RECORDS,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID", help="as import-table printed it")

    def work(self, **options: Any) -> int:
        try:
            load = Load.objects.filter(pk=UUID(options["id"])).first()
        except ValueError:
            load = None
        if load is None:
            raise CannotDo(f"There is no load {options['id']}. Nothing was changed.")
        taken = actions.undo_load(self.actor(), load=load)
        self.put({"removed": taken.removed, "kept_because_used": taken.kept})
        return 0
