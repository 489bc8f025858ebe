"""Patients' accounts, and what it charges, by which way claims reach payers.

Django finds an app's tables here, so this folder alone names what its files hold.
"""

from office.billing.models.account import Account, OpeningBalance, OpeningBalanceQuerySet
from office.billing.models.clearinghouse import Clearinghouse
from office.billing.models.enrollment import Enrollment, EnrollmentQuerySet
from office.billing.models.fees import Fee, FeeQuerySet

__all__ = [
    "Account",
    "Clearinghouse",
    "Enrollment",
    "EnrollmentQuerySet",
    "Fee",
    "FeeQuerySet",
    "OpeningBalance",
    "OpeningBalanceQuerySet",
]
