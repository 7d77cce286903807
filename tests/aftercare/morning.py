"""A clinic at nine on a Monday, in which each verb finds something to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aftercare.models import Clinic, StaffMember, Treatment
from aftercare.services import audit
from aftercare.services.follow_up import Contact, log_contact
from aftercare.services.review_flags import Findings
from aftercare.services.submit_log import submit_log
from aftercare.warning_signs.vocabulary import Outcome
from tests.aftercare.faults import Verb
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    entry,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)

MINUTE = timedelta(minutes=1)
SPOKE = Contact("phone", "spoke", "Maya is well.")
FINE = Findings(Outcome.ADVISED, "Spoke, advised.", useful=True, safety_net=True)
NOW = MONDAY + 5 * MINUTE


@dataclass
class Morning:
    """A nurse, a lead, and Maya, who sent swollen glands at nine."""

    clinic: Clinic
    nurse: StaffMember
    lead: StaffMember
    maya: Treatment

    def row(self) -> dict[str, object]:
        """What every step on the row is told."""
        shown = shown_flags(self.maya)
        return {"treatment_id": self.maya.pk, "shown": shown, "by": self.nurse}

    def contact(self) -> None:
        log_contact(**self.row(), contact=SPOKE, at=MONDAY + MINUTE)

    def send(self, *answers: dict[str, object], corrects: object = None) -> Verb:
        """Maya's phone sends one form, as often as it must."""
        form = entry(NOW, *answers, corrects=corrects)
        return partial(
            submit_log,
            treatment_id=self.maya.pk,
            by=self.maya.patient,
            entry=form,
            at=NOW,
        )


def make_morning() -> Morning:
    clinic = make_clinic()
    nurse = make_staff(clinic, "Priya Nair")
    lead = make_staff(clinic, "Lena Hart", "is_clinical_lead")
    patient = make_patient(nurse, email="maya@mail.example")
    maya = make_treatment(nurse, patient)
    send_log(maya, CALM, at=MONDAY - timedelta(days=1))
    send_log(maya, GLANDS)
    return Morning(clinic, nurse, lead, maya)


def in_two_steps(morning: Morning) -> None:
    """What nobody may write: a change, and then its audit, in no transaction."""
    morning.maya.flags.update(due_at=None)
    audit.record("flag.reviewed", by=morning.nurse, clinic=morning.clinic, at=NOW)
