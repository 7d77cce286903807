"""The addresses of the house, and those of what it is measured against."""

from django.urls import include, path

from benchmarks.admin_site import site
from benchmarks.floor import insert_one, only_who

urlpatterns = [
    path("floor/", insert_one),
    path("floor/who/", only_who),
    path("admin/", site.urls),
    path("", include("aftercare.urls")),
]
