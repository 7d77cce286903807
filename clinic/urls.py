"""The addresses of the staff's side."""

from django.urls import path

from clinic.views import (
    audit,
    closed,
    erase,
    flag,
    handover,
    join,
    let_in,
    patient_details,
    patients,
    queue,
    rota,
    staff_log,
    take_out,
    team,
    treatments,
)
from clinic.views import clinic_settings as settings

urlpatterns = [
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.take_out_audit, name="take_out_audit"),
    path("queue/", queue.queue, name="queue"),
    path("queue/<uuid:treatment>/", flag.flag_detail, name="flag_detail"),
    path("queue/<uuid:treatment>/acknowledge/", flag.acknowledge, name="acknowledge"),
    path(
        "queue/<uuid:treatment>/undo-acknowledge/<uuid:step>/",
        flag.undo_acknowledge,
        name="undo_acknowledge",
    ),
    path("queue/<uuid:treatment>/contact/", flag.log_contact, name="log_contact"),
    path("queue/<uuid:treatment>/assign/", flag.assign, name="assign"),
    path("queue/<uuid:treatment>/escalate/", flag.escalate, name="escalate"),
    path("queue/<uuid:treatment>/snooze/", flag.snooze, name="snooze"),
    path("queue/<uuid:treatment>/review/", flag.review, name="review"),
    path(
        "queue/<uuid:treatment>/undo-review/<uuid:review>/",
        closed.undo_review,
        name="undo_review",
    ),
    path("rota/", rota.rota, name="rota"),
    path("rota/put-on/", rota.put_on, name="put_on_duty"),
    path("rota/<uuid:duty>/off/", rota.take_off, name="take_off_duty"),
    path("handover/", handover.handover, name="handover"),
    path("closed/", closed.closed_flags, name="closed_flags"),
    path("patients/", patients.patients, name="patients"),
    path("patients/<uuid:patient>/", patients.patient_detail, name="patient_detail"),
    path(
        "patients/<uuid:patient>/details/",
        patient_details.patient_details,
        name="patient_details",
    ),
    path(
        "patients/<uuid:patient>/not-delivered/",
        patients.not_delivered,
        name="not_delivered",
    ),
    path("patients/<uuid:patient>/let-in/", let_in.let_in, name="let_in"),
    path("patients/<uuid:patient>/let-in/now/", let_in.link_now, name="link_now"),
    path("patients/<uuid:patient>/let-in/revoke/", let_in.revoke, name="revoke_link"),
    path(
        "patients/<uuid:patient>/let-in/sign-out/",
        let_in.sign_out_patient,
        name="sign_out_patient",
    ),
    # The team, and what the clinic says of itself
    path("join/<str:link>/", join.join, name="join"),
    path("team/", team.team, name="team"),
    path("team/<uuid:member>/", team.colleague, name="colleague"),
    path("team/<uuid:member>/deactivate/", team.deactivate, name="deactivate"),
    path("team/<uuid:member>/reactivate/", team.reactivate, name="reactivate"),
    path("team/<uuid:member>/link/", team.send_link, name="send_link"),
    path("team/<uuid:member>/revoke/", team.take_back_link, name="take_back_link"),
    path("settings/clinic/", settings.clinic_settings, name="clinic_settings"),
    path("settings/clinic/details/", settings.change_details, name="change_details"),
    path("settings/clinic/numbers/", settings.change_numbers, name="change_numbers"),
    path("settings/clinic/hours/", settings.change_hours, name="change_hours"),
    path("settings/clinic/days/", settings.change_days, name="change_days"),
    path("settings/clinic/days/remove/", settings.restore_day, name="restore_day"),
    path("settings/clinic/promises/", settings.change_promises, name="change_promises"),
    path(
        "settings/clinic/retention/", settings.change_retention, name="change_retention"
    ),
    # Copies and deletion
    path(
        "patients/<uuid:patient>/copy/",
        take_out.take_out_record,
        name="take_out_record",
    ),
    path("patients/<uuid:patient>/erase/", erase.erase, name="erase"),
    path("records/", take_out.take_out_all, name="take_out_all"),
    path("treatments/new/", treatments.new_treatment, name="new_treatment"),
    path(
        "treatments/<uuid:treatment>/", treatments.treatment_edit, name="treatment_edit"
    ),
    path(
        "treatments/<uuid:treatment>/void/",
        treatments.void_treatment,
        name="void_treatment",
    ),
    path("treatments/<uuid:treatment>/log/", staff_log.staff_log, name="staff_log"),
]
