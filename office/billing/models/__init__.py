"""Patients' accounts, and by which way claims reach their payers.

Django finds an app's tables here, so this folder alone names what its files hold.
"""

from office.billing.models.account import Account, OpeningBalance, OpeningBalanceQuerySet
from office.billing.models.clearinghouse import Clearinghouse
from office.billing.models.enrollment import Enrollment, EnrollmentQuerySet

__all__ = [
    "Account",
    "Clearinghouse",
    "Enrollment",
    "EnrollmentQuerySet",
    "OpeningBalance",
    "OpeningBalanceQuerySet",
]
