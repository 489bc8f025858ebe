"""Who a patient is, how to reach them, who speaks for them, what pays, and what must not be missed about them.

Django finds an app's tables here, so this folder alone names what its files hold.
"""

from office.patients.models.access import EmergencyAccess, Merge, Restriction
from office.patients.models.alert import Alert, AlertQuerySet
from office.patients.models.coverage import CardPicture, Coverage, Payer, PayerName, Plan
from office.patients.models.death import Death
from office.patients.models.patient import Identifier, Name, Patient, PatientQuerySet
from office.patients.models.reach import Address, Consent, Contact, Telecom
from office.patients.models.search import ChartReader, DifferentPeople, NumberSeries, SearchWord, WordKey

__all__ = [
    "Address",
    "Alert",
    "AlertQuerySet",
    "CardPicture",
    "ChartReader",
    "Consent",
    "Contact",
    "Coverage",
    "Death",
    "DifferentPeople",
    "EmergencyAccess",
    "Identifier",
    "Merge",
    "Name",
    "NumberSeries",
    "Patient",
    "PatientQuerySet",
    "Payer",
    "PayerName",
    "Plan",
    "Restriction",
    "SearchWord",
    "Telecom",
    "WordKey",
]
