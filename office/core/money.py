"""Money is integer cents inside and $1,234.50 on the screen; never a float."""


def dollars(cents: int) -> str:
    """Return cents as people read them: ``123450`` is ``$1,234.50``, a negative one is ``-$5.00``."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}${whole:,}.{rest:02d}"
