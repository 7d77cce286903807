"""The addresses of the patient's side."""

from django.urls import path

from aftercare.views import advice, aftercare_day, history, log, recovery, today

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
]
