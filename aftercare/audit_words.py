"""What the verbs of the audit are called, for people: the one place where that is said."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a verb is about; the choices of a filter."""

    READ = "Reading"
    LOG = "Logs and calls asked for"
    FLAG = "Flags"
    TREATMENT = "Patients and treatments"
    COMING_IN = "Coming in"
    TEAM = "Team and settings"
    TAKEN_OUT = "Copies and deletion"

    @property
    def code(self) -> str:
        """How it is written in an address."""
        return self.name.lower()


VERBS: Mapping[Kind, Mapping[str, str]] = {
    Kind.READ: {
        "patient.read": "Read the record",
        "record.read": "Read their own record",
        "list.read": "Read a list",
    },
    Kind.LOG: {
        "log.submitted": "Sent a log",
        "log.corrected": "Corrected a log",
        "log.retracted": "Took a log back",
        "call.requested": "Asked to be called",
        "silence.noticed": "Noticed that no log came",
        "reminders.chosen": "Chose when to be reminded",
        "language.chosen": "Chose the language of messages",
        "reminders.stopped": "Stopped the reminders",
        "messages.settled": "Dealt with messages that did not arrive",
    },
    Kind.FLAG: {
        "flag.acknowledged": "Looked at the flags",
        "flag.acknowledgement_undone": "Took back looking at the flags",
        "flag.contacted": "Logged a contact",
        "flag.assigned": "Assigned the flags",
        "flag.escalated": "Escalated the flags",
        "flag.snoozed": "Set the flags aside",
        "flag.released": "Gave the flags back",
        "handover.read": "Read the handover",
        "flag.reviewed": "Closed flags",
        "flag.review_undone": "Opened closed flags again",
        "flag.told_raised": "Told those on duty of a flag",
        "flag.told_quarter": "Told the backup that a flag waits",
        "flag.told_late": "Told the clinical lead that a flag is late",
    },
    Kind.TREATMENT: {
        "patient.registered": "Entered the patient",
        "patient.changed": "Changed the patient's details",
        "treatment.registered": "Entered a treatment",
        "treatment.changed": "Changed a treatment",
        "treatment.voided": "Voided a treatment",
        "course.left": "Left the course",
        "course.rejoined": "Came back to the course",
    },
    Kind.COMING_IN: {
        "invitation.made": "Made a link for the patient",
        "invitation.revoked": "Took the patient's link back",
        "invitation.started": "Opened the link and pressed its button",
        "invitation.wrong_birth_date": "Gave a wrong birth date at the link",
        "patient.came_in": "Came in by the link",
        "patient.came_back": "Came back by a code",
        "sign_in.wrong_birth_date": "Gave a wrong birth date with a code",
        "devices.signed_out": "Signed devices out",
        "login.signed_in": "Signed in",
        "login.signed_out": "Signed out",
        "login.refused": "Was refused at the sign-in",
        "password.changed": "Changed their password",
        "factor.added": "Set up a second step",
        "factor.removed": "Removed a second step",
        "factor.renewed": "Made new recovery codes",
    },
    Kind.TEAM: {
        "clinic.created": "Opened the clinic",
        "clinic.details_changed": "Changed the name or address",
        "clinic.numbers_changed": "Changed the phone numbers",
        "clinic.hours_changed": "Changed the opening hours",
        "clinic.days_changed": "Changed the hours of a date",
        "clinic.promises_changed": "Changed what is promised",
        "clinic.retention_changed": "Changed how long records are kept",
        "staff.added": "Added somebody to the team",
        "staff.invited": "Invited somebody to the team",
        "staff.link_sent": "Sent somebody a link to join",
        "staff.link_revoked": "Took a link to join back",
        "staff.joined": "Joined the team",
        "staff.roles_changed": "Changed somebody's roles",
        "staff.deactivated": "Ended somebody's access",
        "staff.reactivated": "Gave somebody access again",
        "rota.put_on": "Put somebody on the rota",
        "rota.taken_off": "Took somebody off the rota",
        "rota.gap_told": "Told that nobody is on duty tomorrow",
        "demo.seeded": "Filled the demo",
    },
    Kind.TAKEN_OUT: {
        "record.downloaded": "Took a copy of their own record",
        "record.exported": "Took out the record",
        "clinic.exported": "Took out all records",
        "audit.exported": "Took out the audit",
        "erasure.asked": "Asked to be deleted",
        "erasure.withdrawn": "No longer asks to be deleted",
        "erasure.refused": "Answered that the record must stay",
        "patient.erased": "Deleted the record",
    },
}

WORDS = {verb: words for verbs in VERBS.values() for verb, words in verbs.items()}

REASONS_TO_EXPORT = {
    "inspection": "For an inspection",
    "complaint": "For a complaint",
    "incident": "To look into an incident",
    "patient_asked": "A patient asked for it",
    "own_check": "For a check of our own",
}

# A code that stands beside a verb.
REASONS = {
    "password": "wrong password",
    "code": "wrong code",
    "totp": "app",
    "webauthn": "passkey",
    "recovery_codes": "recovery codes",
    "lost": "all of them were lost",
    "weekly": "every week",
} | {code: words[:1].lower() + words[1:] for code, words in REASONS_TO_EXPORT.items()}


def words_of(verb: str, reason: str = "") -> str:
    """What was done: "Was refused at the sign-in (wrong code)"."""
    words = WORDS.get(verb, verb.replace(".", " ").replace("_", " "))
    return f"{words} ({REASONS.get(reason, reason)})" if reason else words


# Addresses by the name of their page, where the name does not say it well.
PAGES = {
    "flag_detail": "flag page",
    "log_contact": "contact page",
    "patient_detail": "patient's page",
    "treatment_edit": "treatment",
    "staff_log": "log by telephone",
    "patients": "list of patients",
    "closed_flags": "closed flags",
    "let_in": "letting a patient in",
    "today": "today's page",
    "my_data": "my data",
    "history": "list of logs",
    "mfa_authenticate": "second step",
    "account_change_password": "password",
    "mfa_generate_recovery_codes": "recovery codes",
    "mfa_activate_totp": "second step",
    "mfa_deactivate_totp": "second step",
    "mfa_add_webauthn": "passkeys",
    "mfa_remove_webauthn": "passkeys",
}


def page_words(page: str) -> str:
    """From which page it was done: "patient's page"; "" where no page was asked for."""
    return PAGES.get(page, page.replace("_", " "))
