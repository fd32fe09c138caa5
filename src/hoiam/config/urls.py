"""Every address of the house."""

from allauth.account import views as account
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.defaults import page_not_found

from hoiam.config.failing import failed
from hoiam.desk.views.calendar_links import calendar
from hoiam.portal import rim as portal


def alive(request: HttpRequest) -> HttpResponse:
    """200 as soon as the server answers at all."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers too; else the error is told as a pause, with 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing stands at this address: told to officials under the desk, to the public elsewhere."""
    if request.path.startswith("/desk/"):
        return page_not_found(request, exception)
    return portal.missing(request)


# Only the pages of allauth that the desk shows in Vietnamese; the names are those allauth looks up.
ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/<str:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("healthz", alive, name="healthz"),
    path("readyz", ready, name="readyz"),
    path("lich/<str:token>.ics", calendar, name="calendar"),
    path("desk/account/", include(ACCOUNT)),
    path("desk/", include("hoiam.desk.urls")),
    path("api/v1/", include("hoiam.api.urls")),
    path("", include("hoiam.portal.urls")),
]
handler404 = missing
handler500 = failed
