"""The database refuses nonsense: one bad row for every constraint there is.

Each row is a good row with one thing made wrong, inserted behind the back of forms and
services. A constraint without a row here fails `test_every_constraint_has_a_bad_row`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from aftercare.models import (
    AdviceGiven,
    AuditEntry,
    AuditSeal,
    CallRequest,
    Clinic,
    DailyLog,
    Duty,
    Erasure,
    ErasureRequest,
    Finding,
    Flag,
    FollowUp,
    Invitation,
    Login,
    Opening,
    OutgoingMessage,
    Patient,
    Retraction,
    Review,
    StaffMember,
    Telling,
    Treatment,
)
from aftercare.models.answers import PICK_ONE
from aftercare.models.audit_switch import switch_off
from tests.aftercare import access_rows, waiting_rows
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db

Bad = tuple[type[models.Model], dict[str, Any]]


class World:
    """One good row of each kind."""

    def __init__(self) -> None:
        self.clinic = make_clinic()
        self.staff = make_staff(self.clinic, "Priya Nair", "is_clinical_lead")
        self.treatment = make_treatment(self.staff)
        self.log = send_log(self.treatment, CALM).log
        send_log(self.treatment, GLANDS, at=MONDAY + timedelta(hours=1))
        spare = send_log(self.treatment, CALM, at=MONDAY + timedelta(hours=2))
        AdviceGiven.objects.filter(log=spare.log).delete()
        self.flag = Flag.objects.get(rule="LN-ALONE")
        self.rows: dict[type[models.Model], models.Model] = {
            Clinic: self.clinic,
            Opening: self.clinic.openings.get(weekday=0),
            Login: self.staff.login,
            Patient: self.treatment.patient,
            StaffMember: self.staff,
            Treatment: self.treatment,
            DailyLog: self.log,
            Flag: self.flag,
            Finding: self.flag.findings.get(),
            AdviceGiven: self.log.advice,
            FollowUp: self.contact(),
            Review: Review(
                clinic=self.clinic,
                treatment=self.treatment,
                by=self.staff,
                at=MONDAY,
                outcome="reassured",
                contact=self.contact(),
                note="Spoke, all is well.",
                useful=True,
                safety_net=True,
            ),
            Retraction: Retraction(
                clinic=self.clinic, log=self.log, at=MONDAY, reason="wrong day"
            ),
            CallRequest: CallRequest(
                clinic=self.clinic,
                treatment=self.treatment,
                flag=self.flag,
                number="07700 900318",
                at=MONDAY,
            ),
        }
        self.rows |= access_rows.good_rows(
            self.clinic, self.staff, self.treatment.patient
        )
        self.rows |= waiting_rows.good_rows(self.clinic, self.staff, self.flag)

    def contact(self) -> FollowUp:
        return FollowUp.objects.create(
            clinic=self.clinic,
            treatment=self.treatment,
            kind="contacted",
            by=self.staff,
            at=MONDAY,
            channel="phone",
            result="spoke",
        )

    def insert(self, model: type[models.Model], **wrong: Any) -> None:
        """A copy of the good row with something wrong, as a row of its own."""
        good = self.rows[model]
        values = {f.attname: getattr(good, f.attname) for f in model._meta.fields}
        if "id" in values:
            values["id"] = uuid.uuid4()
        values |= self.fresh(model) | wrong
        model(**values).save(force_insert=True)

    def fresh(self, model: type[models.Model]) -> dict[str, Any]:
        """New values where a copy would break a unique key that is not being tested."""
        spare = DailyLog.objects.filter(advice__isnull=True).first()
        again = {
            DailyLog: {"key": uuid.uuid4()},
            Opening: {"weekday": 6},
            Login: {"email": "new@clinic.example"},
            Patient: {"login_id": None},
            StaffMember: {"login_id": Login.objects.create_login(None).pk},
            Treatment: {"performed_at": MONDAY - timedelta(days=9)},
            Flag: {"rule": "PUS"},
            AdviceGiven: {"log_id": spare.pk if spare else None},
        }
        return again.get(model) or access_rows.fresh(model) or waiting_rows.fresh(model)


def bad_rows() -> dict[str, Callable[[World], Bad]]:
    """Constraint name → the model and what is wrong with the row."""

    def log(**wrong: Any) -> Callable[[World], Bad]:
        return lambda world: (DailyLog, wrong)

    def row(model: type[models.Model], **wrong: Any) -> Callable[[World], Bad]:
        return lambda world: (model, wrong)

    return {
        **{
            f"log_{name}_known": log(node_present=True, **{name: "?"})
            for name in PICK_ONE
        },
        "log_temperature_unit_known": log(
            temperature_unit="K", temperature_value=38, temperature_c=38
        ),
        "log_pain_0_to_10": log(pain=11),
        "log_temperature_possible": log(
            temperature_c=Decimal("43.1"), temperature_value=43, temperature_unit="C"
        ),
        "log_temperature_value_with_temperature_unit": log(
            temperature_value=38, temperature_c=38
        ),
        "log_temperature_value_with_temperature_c": log(
            temperature_value=38, temperature_unit="C"
        ),
        "log_no_site_without_swelling": log(
            swelling="none", swelling_sites_eyelids=True
        ),
        "log_no_details_without_gland": log(node_present=None, node_size="lt_1cm"),
        "log_near_eye_needs_blisters": log(blisters_near_eye=True, blisters=None),
        "log_phase_known": log(day=0, phase="later"),
        "log_best_time_known": log(best_time="midnight"),
        "log_once_per_key": lambda world: (DailyLog, {"key": world.log.key}),
        "log_not_for_tomorrow": lambda world: (
            DailyLog,
            {"for_date": world.log.finished_on + timedelta(days=1)},
        ),
        "log_within_180_days": log(day=181),
        "log_after_is_post": log(day=1, phase="baseline"),
        "log_before_is_baseline": log(day=-1, phase="post"),
        "log_never_corrects_itself": lambda world: self_correcting(),
        "opening_weekday_or_date": row(Opening, weekday=None),
        "opening_closed_once_a_date": closed_twice,
        "opening_closes_after_it_opens": row(Opening, closes=time(8, 0)),
        "opening_once_a_week": row(Opening, weekday=0),
        "opening_once_a_date": second_opening,
        "clinic_has_name": row(Clinic, name=""),
        "clinic_has_zone": row(Clinic, zone=""),
        "clinic_has_numbers": row(Clinic, emergency_number=""),
        "clinic_targets_only_tighter": row(Clinic, urgent_minutes=121),
        "login_email_lower_case": row(Login, email="Priya@clinic.example"),
        "patient_has_name": row(Patient, family_name=""),
        "patient_once_per_login": second_patient,
        "staff_has_name": row(StaffMember, name=""),
        "staff_has_a_role": row(StaffMember, is_clinical_lead=False),
        "staff_once_per_login": lambda world: (
            StaffMember,
            {"login_id": world.staff.login_id},
        ),
        "treatment_type_known": row(Treatment, type="laser"),
        "treatment_sterile_single_use_known": row(
            Treatment, sterile_single_use="perhaps"
        ),
        "treatment_setting_known": row(Treatment, setting="boat"),
        "treatment_depth_possible": row(Treatment, needle_depth_mm=0),
        "treatment_unsterile_has_day": row(Treatment, sterile_single_use="false"),
        "treatment_voided_at_with_voided_by": row(
            Treatment, voided_at=MONDAY, void_reason="twice"
        ),
        "treatment_voided_with_reason": lambda world: (
            Treatment,
            {"voided_at": MONDAY, "voided_by_id": world.staff.pk},
        ),
        "treatment_left_is_not_due": row(Treatment, left_at=MONDAY, next_due_at=MONDAY),
        "treatment_once_per_moment": lambda world: (
            Treatment,
            {"performed_at": world.treatment.performed_at},
        ),
        "flag_level_prompt_or_above": row(Flag, level=1),
        "flag_rises_after_it_opened": row(Flag, raised_at=MONDAY - timedelta(days=1)),
        "flag_has_reason": row(Flag, reason=""),
        "flag_open_once_per_rule": row(Flag, rule="LN-ALONE"),
        "finding_phase_known": row(Finding, phase="later"),
        "finding_level_watch_or_above": row(Finding, level=5),
        "finding_flagged_from_prompt_up": row(Finding, level=2, flag_id=None),
        "finding_suppressed_beside_a_flag": row(
            Finding, level=1, flag_id=None, suppressed=True
        ),
        "follow_up_only_acknowledgement_undone": lambda world: (
            FollowUp,
            {"undone_at": MONDAY, "undone_by_id": world.staff.pk},
        ),
        "follow_up_kind_known": row(
            FollowUp, kind="ignored", channel=None, result=None
        ),
        "follow_up_channel_known": row(FollowUp, channel="pigeon"),
        "follow_up_result_known": row(FollowUp, result="perhaps"),
        "follow_up_undone_at_with_undone_by": row(
            FollowUp, kind="acknowledged", channel=None, result=None, undone_at=MONDAY
        ),
        "follow_up_contact_has_result": row(FollowUp, result=None),
        "follow_up_assigned_to_somebody": row(
            FollowUp, kind="assigned", channel=None, result=None
        ),
        "follow_up_only_snooze_woken": row(FollowUp, woken_at=MONDAY),
        "follow_up_snooze_has_end": row(
            FollowUp, kind="snoozed", channel=None, result=None
        ),
        "review_outcome_known": row(Review, outcome="ignored"),
        "review_undone_at_with_undone_by": row(Review, undone_at=MONDAY),
        "review_note_10_characters": row(Review, note="ok"),
        "review_needs_contact_and_safety_net": row(Review, safety_net=False),
        "review_not_reached_needs_plan": row(Review, outcome="not_reached"),
        "retraction_has_reason": row(Retraction, reason=""),
        "advice_level_known": row(AdviceGiven, level=5),
        "advice_promises_from_prompt_up": row(AdviceGiven, promised_at=MONDAY),
        "advice_never_green_with_a_flag": row(AdviceGiven, level=2, green=True),
        "advice_has_title": row(AdviceGiven, title=""),
        "call_request_best_time_known": row(CallRequest, best_time="midnight"),
        "call_request_has_number": row(CallRequest, number=""),
        "invitation_once_per_patient": twice(Invitation),
        "invitation_once_per_staff": second_invitation,
        "erasure_request_one_open": twice(ErasureRequest),
        "audit_seal_once_per_number": second_seal,
        "erasure_once": twice(Erasure, patient=uuid.uuid4()),
        **{
            name: row(model, **wrong)
            for name, (model, wrong) in (access_rows.BAD | waiting_rows.BAD).items()
        },
        **{
            name: twice(model, **shared)
            for name, (model, shared) in waiting_rows.TWICE.items()
        },
        "duty_backup_is_somebody_else": lambda world: (
            Duty,
            {"backup_id": world.staff.pk},
        ),
        "telling_once": told_twice,
        "message_settled_was_given_up": lambda world: (
            OutgoingMessage,
            {"settled_at": MONDAY, "settled_by_id": world.staff.pk},
        ),
    }


def twice(model: type[models.Model], **shared: Any) -> Callable[[World], Bad]:
    """The same row a second time."""

    def again(world: World) -> Bad:
        world.insert(model, **shared)
        return model, shared

    return again


def told_twice(world: World) -> Bad:
    told = {"staff_id": world.staff.pk}
    world.insert(Telling, **told)
    return Telling, told


def second_invitation(world: World) -> Bad:
    staff = {"patient_id": None, "staff_id": world.staff.pk}
    world.insert(Invitation, **staff)
    return Invitation, staff


def second_seal(world: World) -> Bad:
    """Only where the triggers are gone can a seal be written by hand."""
    connection.check_constraints()
    first = AuditSeal.objects.filter(clinic=world.clinic).earliest("number")
    world.rows |= {AuditEntry: first.entry, AuditSeal: first}
    switch_off(connection)
    world.insert(AuditEntry)
    unsealed = AuditEntry.objects.get(seal__isnull=True)
    return AuditSeal, {"entry_id": unsealed.pk}


def self_correcting() -> Bad:
    own = uuid.uuid4()
    return DailyLog, {"id": own, "corrects_id": own}


def second_opening(world: World) -> Bad:
    dated = {"weekday": None, "date": MONDAY.date()}
    world.insert(Opening, **dated)
    return Opening, dated


def closed_twice(world: World) -> Bad:
    closed = {"weekday": None, "date": MONDAY.date(), "opens": None, "closes": None}
    world.insert(Opening, **closed)
    return Opening, closed


def second_patient(world: World) -> Bad:
    login = Login.objects.create_login(None)
    world.insert(Patient, login_id=login.pk)
    return Patient, {"login_id": login.pk}


BAD_ROWS = bad_rows()


@pytest.mark.parametrize("name", sorted(BAD_ROWS))
def test_the_database_refuses_the_bad_row(name: str) -> None:
    world = World()
    model, wrong = BAD_ROWS[name](world)
    with (
        pytest.raises(IntegrityError, match=constraint_pattern(name)),
        transaction.atomic(),
    ):
        world.insert(model, **wrong)


def test_the_good_rows_are_accepted() -> None:
    world = World()
    for model in world.rows:
        world.insert(model)


def test_every_constraint_has_a_bad_row() -> None:
    named = {
        constraint.name
        for model in apps.get_app_config("aftercare").get_models()
        for constraint in model._meta.constraints
    }
    assert named == set(BAD_ROWS)


def constraint_pattern(name: str) -> str:
    """What the refusal says: the name, or for SQLite's unique keys the columns."""
    constraint = next(
        constraint
        for model in apps.get_app_config("aftercare").get_models()
        for constraint in model._meta.constraints
        if constraint.name == name
    )
    if isinstance(constraint, models.UniqueConstraint):
        return f"{name}|UNIQUE constraint failed"
    return name
