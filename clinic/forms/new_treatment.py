"""A new treatment, for a patient of the clinic or for a new one, as one form."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from aftercare.languages import Language
from aftercare.services.enter_treatment import new_key
from aftercare.services.register_treatment import PatientDetails
from clinic.forms.follow_up import without_form_tag
from clinic.forms.patient import ADULT, UNDER_AGE, PatientFields, age_on
from clinic.forms.treatment import TreatmentForm

if TYPE_CHECKING:
    from aftercare.models import Patient


class NewTreatment(TreatmentForm):
    """A treatment of a patient; `born` is the birth date of a known one."""

    button = "Save treatment"
    agrees = forms.BooleanField(
        label="Patient is 18 or over and agrees to daily logs",
        error_messages={"required": "Tick this once the patient has agreed."},
    )

    def __init__(self, *args: Any, born: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        born = data.get("birth_date", self.born)
        if born and age_on(born, self.now.date()) < ADULT:
            self.add_error("birth_date" if "birth_date" in data else None, UNDER_AGE)
        return data

    def parts(self) -> list[Any]:
        return [*super().parts(), "agrees", Submit("", self.button)]


class NewPatientTreatment(PatientFields, NewTreatment):
    """A new patient with the first treatment.

    `key` becomes the patient's own: a second press finds the patient of the first.
    `patients` are those of the clinic; `same` is one with this name and birth date.
    """

    button = "Save and invite"
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = (
        "given_name",
        "family_name",
        "birth_date",
        "phone",
        "email",
        "language",
        "someone_else",
    )
    someone_else = forms.BooleanField(
        label="This is somebody else with the same name and date of birth",
        required=False,
    )

    def __init__(self, *args: Any, patients: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": new_key()}, **kwargs)
        self.patients = patients
        self.same: Patient | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.same = self._same(data)
        if self.same and not data.get("someone_else"):
            born = self.same.birth_date
            self.add_error(
                "someone_else",
                f"{self.same}, born {born.day} {born:%B %Y}, is already a patient here. "
                "Use that record, or tick this.",
            )
        return data

    def _same(self, data: dict[str, Any]) -> Patient | None:
        if not {"given_name", "family_name", "birth_date", "key"} <= data.keys():
            return None
        found = self.patients.filter(
            given_name__iexact=data["given_name"],
            family_name__iexact=data["family_name"],
            birth_date=data["birth_date"],
        )
        return found.exclude(pk=data["key"]).first()

    def parts(self) -> list[Any]:
        again = ["someone_else"] if self.same else []
        return ["key", self.who(), *again, *super().parts()]

    @property
    def patient(self) -> PatientDetails:
        data = self.cleaned_data
        return PatientDetails(
            given_name=data["given_name"],
            family_name=data["family_name"],
            birth_date=data["birth_date"],
            phone=data["phone"],
            email=data["email"],
            language=Language(data["language"]),
        )


class VoidTreatment(forms.Form):
    """Why a treatment leaves every list."""

    reason = forms.CharField(
        label="Why was it entered by mistake?",
        max_length=200,
        error_messages={"required": "Write why it was entered by mistake."},
    )

    @property
    def helper(self) -> FormHelper:
        button = Submit("", "Void this treatment", css_class="btn--quiet")
        return without_form_tag("reason", button)
