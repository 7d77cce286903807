"""The browser of the tests is a phone, and it tells on a page that breaks the policy."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path


@login_not_required
def quiet(request):
    return HttpResponse("<title>Quiet</title><link rel=icon href=data:,><p>fine")


@login_not_required
def breaks_the_policy(request):
    return HttpResponse(
        "<title>Loud</title><link rel=icon href=data:,>"
        "<script>document.title = 'run'</script><p style='color: red'>red"
    )


@login_not_required
def not_found(request):
    return HttpResponse("<title>No</title><link rel=icon href=data:,>", status=404)


urlpatterns = [
    path("quiet", quiet),
    path("loud", breaks_the_policy),
    path("gone", not_found),
]

pytestmark = pytest.mark.urls(__name__)


def test_a_page_is_as_wide_as_a_phone(browser_page):
    browser_page.goto("/quiet")
    assert browser_page.viewport_size == {"width": 390, "height": 844}
    assert browser_page.title() == "Quiet"


def test_nothing_inline_runs_and_the_test_would_fail(browser_page, browser_problems):
    browser_page.goto("/loud")
    assert browser_page.title() == "Loud"
    assert (
        sum("Content Security Policy" in problem for problem in browser_problems) == 2
    )
    browser_problems.clear()


def test_a_page_may_be_a_404_without_failing_the_test(browser_page):
    assert browser_page.goto("/gone").status == 404


def test_a_page_can_be_opened_with_scripts_off(new_page):
    page = new_page(scripts=False, desk=True)
    page.goto("/quiet")
    assert page.viewport_size == {"width": 1440, "height": 900}
