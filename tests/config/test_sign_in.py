"""Signing in: limits, silence about who exists, sessions that end when they must."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from hoiam.agencies.actions import create_official
from hoiam.agencies.models import Agency, Official

LOGIN = "/desk/account/login/"
PASSWORD = "Song-May-2026!"
NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def official(agency) -> Official:
    """An official with a post."""
    return create_official(
        agency,
        actor=None,
        now=NOW,
        username="an",
        full_name="Nguyễn An",
        role="focal_point",
        password=PASSWORD,
    )


@pytest.fixture
def agency() -> Agency:
    """A fictional agency."""
    return Agency.objects.create(
        code="TG", name="THADS tỉnh Thanh Giang", level="province", valid_from=NOW.date()
    )


def sign_in(client: Client, username: str, password: str = PASSWORD):
    """The answer to the form."""
    return client.post(LOGIN, {"login": username, "password": password})


def test_the_right_password_opens_the_desk_with_a_new_session(official, client):
    client.get(LOGIN)
    session = client.session
    session["truoc"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    answer = sign_in(client, "an")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert client.session.session_key != before


def test_a_stranger_and_a_wrong_password_look_alike(official, client):
    wrong, stranger = (
        sign_in(client, "an", "sai-mat-khau"),
        sign_in(client, "ai-do", "sai-mat-khau"),
    )
    told = [list(answer.context["form"].non_field_errors()) for answer in (wrong, stranger)]
    assert told[0] == told[1] != []


def test_five_wrong_passwords_are_enough(official, client):
    for _ in range(5):
        sign_in(client, "an", "sai-mat-khau")
    answer = sign_in(client, "an")
    assert answer.status_code == 200
    told = " ".join(answer.context["form"].non_field_errors())
    assert "quá nhiều lần" in told


def test_another_machine_is_not_locked_out(official):
    for _ in range(6):
        sign_in(Client(REMOTE_ADDR="192.0.2.9"), "an", "sai-mat-khau")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.10"), "an").status_code == 302


@pytest.mark.parametrize(("proxies", "status"), [(1, 302), (0, 200)])
def test_behind_a_proxy_another_machine_is_not_locked_out(official, settings, proxies, status):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for _ in range(6):
        guesser = Client(headers={"x-forwarded-for": "198.51.100.7, 192.0.2.9"})
        sign_in(guesser, "an", "sai-mat-khau")
    honest = Client(headers={"x-forwarded-for": "192.0.2.10"})
    assert sign_in(honest, "an").status_code == status


def test_an_account_no_longer_in_use_says_so(official, client):
    Official.objects.filter(pk=official.pk).update(is_active=False)
    answer = client.post(LOGIN, {"login": "an", "password": PASSWORD}, follow=True)
    assert "Tài khoản đã khóa" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_disabling_an_account_ends_its_sessions_at_once(official, client):
    sign_in(client, "an")
    assert client.get("/desk/account/password/change/").status_code == 200
    Official.objects.filter(pk=official.pk).update(is_active=False)
    assert client.get("/desk/account/password/change/").status_code == 302


def test_without_a_post_one_page_says_what_is_missing(official, client):
    official.posts.all().delete()
    client.force_login(official)
    answer = client.get("/desk/")
    assert answer.status_code == 403
    assert "desk/no_post.html" in [template.name for template in answer.templates]


def test_signing_out_takes_a_post(official, client):
    client.force_login(official)
    assert "Đăng xuất?" in client.get("/desk/account/logout/").content.decode()
    assert "_auth_user_id" in client.session
    assert client.post("/desk/account/logout/").headers["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    client.post("/desk/account/signup/", {"username": "la", "password1": PASSWORD})
    assert Official.objects.filter(username="la").count() == 0


def test_a_weak_new_password_is_refused_in_vietnamese(official, client):
    client.force_login(official)
    given = {"oldpassword": PASSWORD, "password1": "123", "password2": "123"}
    answer = client.post("/desk/account/password/change/", given)
    told = " ".join(error for errors in answer.context["form"].errors.values() for error in errors)
    assert answer.status_code == 200
    assert "ật khẩu" in told and "assword" not in told


@pytest.mark.parametrize("path", ["login", "password/reset", "password/reset/done", "signup", "inactive",
                                  "password/reset/key/done", "password/reset/key/1-abc"])  # fmt: skip
def test_pages_before_signing_in_are_ours(path, client):
    page = client.get(f"/desk/account/{path}/").content.decode()
    assert 'class="ha-h1"' in page and 'lang="vi"' in page


def test_a_stranger_gets_no_letter(mailoutbox, client):
    client.post("/desk/account/password/reset/", {"email": "la@thu.example"})
    assert mailoutbox == []
