"""Every page carries the same headers, errors included; what is not ours is not routed."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404

from hoiam.config.middleware import POLICY

EXPECTED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/healthz", "localhost", 200),
        ("/", "localhost", 200),
        ("/desk/", "localhost", 302),
        ("/desk/account/login/", "localhost", 200),
        ("/khong-co", "localhost", 404),
        ("/desk/", "la.example", 400),
        ("/static/desk/desk.css", "localhost", 200),
    ],
)
def test_every_answer_carries_the_headers(path, host, status):
    answer = Client(headers={"host": host}).get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    answer.close()


def test_the_policy_lets_nothing_in_from_outside():
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in POLICY and "http" not in POLICY and "*" not in POLICY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "host", "title"),
    [
        ("/khong-co", "localhost", "Không tìm thấy trang này"),
        ("/desk/", "la.example", "Yêu cầu không hợp lệ"),
        ("/desk/account/signup/", "localhost", "Không tự đăng ký tài khoản"),
    ],
)
def test_errors_are_told_in_vietnamese(path, host, title):
    assert title in Client(headers={"host": host}).get(path).content.decode()


def test_a_fault_of_ours_is_a_vietnamese_page(monkeypatch):
    monkeypatch.setattr(resolve("/healthz").func, "__code__", (lambda request: 1 // 0).__code__)
    answer = Client(raise_request_exception=False).get("/healthz")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "login/code/confirm/", "phone/verify/"]
)
def test_pages_the_desk_does_not_show_are_not_routed(path):
    with pytest.raises(Resolver404):
        resolve(f"/desk/account/{path}")


def test_the_names_allauth_looks_up_are_there():
    names = ["login", "logout", "signup", "inactive", "reauthenticate", "change_password",
             "set_password", "reset_password", "reset_password_done", "reset_password_from_key_done"]  # fmt: skip
    assert all(reverse(f"account_{name}").startswith("/desk/account/") for name in names)
    with pytest.raises(NoReverseMatch):
        reverse("account_email")
