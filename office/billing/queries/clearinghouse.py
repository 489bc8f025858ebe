"""Reading the clearinghouse; its sealed password only through here."""

from cryptography.exceptions import InvalidTag

from office.billing.models import Clearinghouse
from office.core import secrets


def clearinghouse() -> Clearinghouse | None:
    """Return the one that carries this office's claims, or None."""
    return Clearinghouse.objects.first()


def row_of(row: Clearinghouse) -> str:
    """Return the name under which the password is sealed to its row."""
    return f"billing_clearinghouse|sealed_password|{row.pk}"


def password_of(row: Clearinghouse) -> str:
    """Return the password. Raises ValueError when there is none, or it was sealed for another row or key."""
    if row.sealed_password is None:
        raise ValueError("The clearinghouse has no password.")
    try:
        return secrets.unseal(bytes(row.sealed_password), row=row_of(row)).decode()
    except InvalidTag as fault:
        raise ValueError("The clearinghouse's password cannot be opened.") from fault
