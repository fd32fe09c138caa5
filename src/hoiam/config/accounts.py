"""Signing in: accounts are made by administrators, never by visitors; refusals are told in Vietnamese."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest
from django.utils import timezone

from hoiam.agencies.models import Official
from hoiam.agencies.queries import signed_in
from hoiam.kit.vietnamese import VIETNAM

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra bộ gõ và phím Caps Lock rồi thử lại."


class ClosedAdapter(DefaultAccountAdapter):
    """allauth's adapter without a door for signing up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": (
            "Đã nhập sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại, "
            "hoặc đề nghị quản trị của đơn vị đặt lại mật khẩu."
        ),
        "account_inactive": "Tài khoản này đã khóa. Xin liên hệ quản trị của đơn vị.",
        "enter_current_password": "Hãy nhập đúng mật khẩu hiện tại.",
        "incorrect_password": "Mật khẩu không đúng.",
        "invalid_password_reset": "Đường dẫn đặt lại mật khẩu không còn dùng được.",
        "rate_limited": "Thử quá nhiều lần. Hãy chờ vài phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: `hoiam user` or an administrator makes accounts."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Account and machine together: whoever guesses elsewhere cannot lock the owner out."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}@{get_ip(request)}"


class DeskBackend(AuthenticationBackend):
    """allauth's backend, which reads an account together with its posts of the day."""

    def get_user(self, user_id: int) -> Official | None:
        """The account of a session, or None when it is gone or no longer in use."""
        official = signed_in(user_id, timezone.now().astimezone(VIETNAM).date())
        return official if official and self.user_can_authenticate(official) else None


class LongEnough(MinimumLengthValidator):
    """Django's validator, told in Vietnamese (its catalogue lacks this sentence)."""

    def get_error_message(self) -> str:
        """The sentence at the field."""
        return f"Mật khẩu quá ngắn: cần ít nhất {self.min_length} ký tự."

    def get_help_text(self) -> str:
        """The sentence before typing."""
        return f"Mật khẩu cần ít nhất {self.min_length} ký tự."
