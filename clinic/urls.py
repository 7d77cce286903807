"""The addresses of the staff's side."""

from django.urls import path

from clinic.views import closed, flag, patients, queue, staff_log, treatments

urlpatterns = [
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
    path("queue/<uuid:treatment>/snooze/", flag.snooze, name="snooze"),
    path("queue/<uuid:treatment>/review/", flag.review, name="review"),
    path(
        "queue/<uuid:treatment>/undo-review/<uuid:review>/",
        closed.undo_review,
        name="undo_review",
    ),
    path("closed/", closed.closed_flags, name="closed_flags"),
    path("patients/", patients.patients, name="patients"),
    path("patients/<uuid:patient>/", patients.patient_detail, name="patient_detail"),
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
