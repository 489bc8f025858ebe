"""What lies on the desk: work for people and roles, what was put aside, and notices that would have gone out."""

from datetime import datetime, timedelta
from random import Random

from office.home.demo.office import Site
from office.home.demo.people import Town
from office.home.demo.visits import Book
from office.inbox.models import Message
from office.patients.models import Patient
from office.scheduling.models import Appointment
from office.worklist.models import Parked, WorkItem

#: kind, title, role, urgency, due in minutes from now
_WORK = (
    ("call_back", "Call back: asks if the swelling is normal", "nurse", 0, 9),
    ("call_back", "Call back about chest tightness, spoke to nurse line last night", "nurse", 0, -3),
    ("records", "Send records to the orthopedist before Thursday", "front_desk", 1, 180),
    ("insurance", "Card was declined at the window: find the new plan", "front_desk", 1, 95),
    ("form", "School form to sign, picked up at 3 PM", "clinician", 1, 240),
    ("form", "Work note, mailed to the patient", "medical_assistant", 2, 1500),
    ("rebook", "Rebook: provider was out sick", "front_desk", 1, 60),
    ("rebook", "Did not come yesterday: call and rebook", "front_desk", 2, 1400),
    ("tell_patient", "Visit moved to 2:40 PM: tell the patient", "front_desk", 1, 45),
    ("referral", "Referral to cardiology: fax came back busy", "medical_assistant", 1, 200),
    ("duplicate", "Two charts look like one person", "supervisor", 2, 4000),
    ("billing", "Asks about the bill of last month", "biller", 2, 2900),
    ("privacy", "Patient asks who opened the chart", "privacy_officer", 2, 9000),
    ("newborn", "Newborn: ask for the name and the insurance card", "front_desk", 1, 300),
    ("interpreter", "Book an interpreter for tomorrow", "front_desk", 1, 320),
)
_PARKED = (
    ("rosa", "Register: sister of a patient, on the phone", "/patients/register"),
    ("rosa", "Booking a physical, checks with her husband", "/"),
    ("dana", "New insurance card, second page missing", "/"),
)


class Desk:
    """Work items, parked work and messages, as unsaved rows."""

    def __init__(self, site: Site, town: Town, book: Book, now: datetime, random: Random) -> None:
        grown = [patient for patient in town.patients if town.age(patient) > 20 and not patient.is_deceased]
        around = random.sample(grown, len(_WORK))
        about: dict[str, Patient] = {"newborn": town.newborn, "duplicate": town.patients[-1]}
        self.work = [
            WorkItem(
                key=f"demo:{number}", kind=kind, title=title, for_role=role, urgency=urgency,
                patient=about.get(kind, around[number]), location=site.locations[number % 3 // 2],
                due_at=now + timedelta(minutes=due), asked_by="Sol Weaver" if number % 2 else "Nora Bianchi",
                created_at=now - timedelta(minutes=random.randint(12, 400)),
            )
            for number, (kind, title, role, urgency, due) in enumerate(_WORK)
        ]  # fmt: skip
        self.parked = [
            Parked(
                member=site.members[username], title=title, link=link, patient=random.choice(grown) if number else None,
                created_at=now - timedelta(minutes=7 + 11 * number),
            )
            for number, (username, title, link) in enumerate(_PARKED)
        ]  # fmt: skip
        phones = {row.patient: row.value for row in reversed(town.telecoms) if row.system == "phone"}
        tomorrow = [
            row for row in book.rows
            if row.status == Appointment.Status.CONFIRMED
            and row.starts_at > now + timedelta(hours=8)
            and row.patient in phones
        ][:8]  # fmt: skip
        self.messages = [
            Message(
                about=f"reminder:{row.pk}", patient=row.patient, channel=Message.Channel.TEXT, to=phones[row.patient],
                body=f"{site.practice.name}: you have a visit on {row.starts_at:%m/%d} at "
                f"{row.starts_at.strftime('%I:%M %p').lstrip('0')}. Reply C to confirm, R to reschedule.",
                status=Message.Status.WOULD_HAVE_BEEN_SENT, created_at=now - timedelta(minutes=31 + 4 * number),
            )
            for number, row in enumerate(tomorrow)
        ]  # fmt: skip
