"""Finding a payer by any of its names."""

from office.patients.models import Payer, PayerName


def payer_named(name: str) -> Payer | None:
    """Return the payer of that name, or of that other name, however it is capitalized."""
    wanted = name.strip()
    other = PayerName.objects.filter(name__iexact=wanted).select_related("payer").first()
    return other.payer if other else Payer.objects.filter(name__iexact=wanted).first()


def payers_by_name() -> dict[str, Payer]:
    """Return every payer by each of its names, in small letters. Two queries."""
    own = {payer.name.casefold(): payer for payer in Payer.objects.all()}
    return own | {one.name.casefold(): one.payer for one in PayerName.objects.select_related("payer")}
