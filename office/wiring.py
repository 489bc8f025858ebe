"""What the areas offer to pages and actions below them."""

from office.core.permissions import Permission
from office.core.wiring import Panel, PatientCommand, Screen, Wiring
from office.worklist.queries import tally

WIRING = Wiring(
    screens=[
        Screen("Now", "home:now", "home", "Today", Permission.SEE_OWN_ACCOUNT, "g h"),
        Screen("Worklist", "worklist:worklist", "work", "Today", Permission.DO_WORK, "g w"),
    ],
    commands=[
        Screen("New task", "worklist:ask", "work", "Today", Permission.DO_WORK),
    ],
    home_panels=[
        Panel("home:failed_jobs", Permission.RUN_JOBS_AGAIN),
    ],
    patient_commands=[
        PatientCommand("Ask someone", "worklist:ask_about", "work", Permission.OPEN_CHARTS, "t"),
    ],
    tally=tally,
)
