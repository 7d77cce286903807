"""The addresses of the patient's side."""

from django.urls import path

from aftercare.views import (
    advice,
    aftercare_day,
    history,
    log,
    my_data,
    recovery,
    today,
)

urlpatterns = [
    path("today/", today.today, name="today"),
    path("log/<uuid:treatment>/", log.log, name="log"),
    path(
        "log/<uuid:treatment>/correct/<uuid:log>/", log.correct_log, name="correct_log"
    ),
    path(
        "log/<uuid:treatment>/retract/<uuid:log>/",
        history.retract_log,
        name="retract_log",
    ),
    path("advice/<uuid:log>/", advice.advice, name="advice"),
    path("advice/<uuid:log>/call-me/", advice.call_me, name="call_me"),
    path("recovery/", recovery.recovery, name="recovery"),
    path("recovery/logs/", history.history, name="history"),
    path("aftercare/", aftercare_day.aftercare_day, name="aftercare_day"),
    path("aftercare/<int:day>/", aftercare_day.aftercare_day, name="aftercare_day"),
    # Rights
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/record/", my_data.record_page, name="my_record"),
    path("my-data/record.json", my_data.record_json, name="my_record_json"),
    path("my-data/logs.csv", my_data.record_csv, name="my_logs_csv"),
    path("my-data/delete/", my_data.ask_to_delete, name="ask_to_delete"),
    path("my-data/keep/", my_data.keep_my_record, name="keep_my_record"),
    path("my-data/leave/", my_data.leave, name="leave_course"),
    path("my-data/come-back/", my_data.come_back, name="come_back"),
]
