"""What the areas offer to pages and actions below them."""

from office.core.permissions import Permission
from office.core.wiring import Screen, Wiring

WIRING = Wiring(
    screens=[
        Screen("Now", "home:now", "home", "Today", Permission.SEE_OWN_ACCOUNT, "g h"),
    ],
)
