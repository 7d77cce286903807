"""The addresses of the patient's side."""

from django.urls import path

from aftercare.views import (
    advice,
    aftercare_day,
    come_in,
    history,
    language,
    log,
    my_data,
    recovery,
    reminders,
    settings,
    stop,
    today,
    way_back,
)

urlpatterns = [
    # Coming in
    path("i/birth-date/", come_in.birth_date, name="birth_date"),
    path("i/<str:invitation>/", come_in.follow_link, name="invitation"),
    path("sign-in/patient/", way_back.ask, name="way_back"),
    path("sign-in/patient/code/", way_back.code, name="way_back_code"),
    path(
        "sign-in/patient/birth-date/", way_back.birth_date, name="way_back_birth_date"
    ),
    path("sign-in/patient/who/", way_back.who, name="way_back_who"),
    path("sign-in/patient/over/", way_back.over, name="way_back_over"),
    path("stop/<str:stop>/", stop.stop, name="stop_messages"),
    # Signed in
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
    path("my-data/who-looked/", my_data.who_has_looked, name="who_has_looked"),
    path("my-data/delete/", my_data.ask_to_delete, name="ask_to_delete"),
    path("my-data/keep/", my_data.keep_my_record, name="keep_my_record"),
    path("my-data/leave/", my_data.leave, name="leave_course"),
    path("my-data/come-back/", my_data.come_back, name="come_back"),
    path("settings/", settings.settings, name="settings"),
    path("settings/reminders/", reminders.reminders, name="reminders"),
    path("settings/language/", language.language, name="language"),
    path("settings/devices/", settings.sign_out_device, name="sign_out_device"),
    path("settings/devices/others/", settings.sign_out_others, name="sign_out_others"),
]
