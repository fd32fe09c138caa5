"""`hoiam setup | demo | user`: the house itself."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from importlib.resources import files

from hoiam.config.verbs.django_house import now, open_house
from hoiam.config.verbs.say import Parser, Refusal, parse, parser, say
from hoiam.kit.lists import yaml_of


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code of one of this module's verbs."""
    made = parser(verb, SUMMARIES[verb])
    ARGUMENTS[verb](made)
    args = parse(made, words)
    return args if isinstance(args, int) else RUNS[verb](args)


def setup(args: argparse.Namespace) -> int:
    """Tables, register, press, what an older version took in amiss, static files; safe to run at any time."""
    open_house(need_tables=False)
    from django.core.management import call_command

    from hoiam.agencies.actions import load_press, load_register, press_rows
    from hoiam.core.stamps.sealing import make_authority
    from hoiam.kit.recognition import register
    from hoiam.monitoring.actions.mending import mend_recent
    from hoiam.workbench.actions.sections import load_sections

    call_command("migrate", interactive=False, verbosity=0)
    make_authority(now())
    agencies = load_register(register())
    press = load_press(
        yaml_of((files("hoiam.agencies") / "data" / "press.yaml").read_text("utf-8"))
    )
    press += load_press(press_rows())
    load_sections()
    mended = mend_recent(now=now())
    call_command("collectstatic", interactive=False, verbosity=0)
    say(
        f"Đã sẵn sàng: thêm {agencies} cơ quan, {press} cơ quan báo chí.",
        f"Ready: {agencies} agencies and {press} press agencies added.",
    )
    if mended.items or mended.stories:
        say(
            f"Đã gắn kênh báo, sửa cách ghi ngày đăng của {mended.items} tin và xếp lại bài đăng trước, thời gian ở {mended.stories} vụ việc trong 90 ngày qua.",
            f"Mended {mended.items} items and who was first, or when, in {mended.stories} stories of the last 90 days.",
        )
    return 0


def demo(args: argparse.Namespace) -> int:
    """Fictional province for training; refuses where real data lives."""
    open_house()
    from hoiam.config.demo import PASSWORD, USERS, has_data, load

    if has_data():
        if args.if_empty:
            return 0
        raise Refusal(
            "Cơ sở dữ liệu đã có tin hoặc hồ sơ. Dữ liệu mẫu chỉ nạp vào cơ sở dữ liệu trống.",
            "The database already holds items or cases. Demonstration data goes into an empty one only.",
        )
    made = load(now=now(), progress=say)
    say(f"Đã nạp dữ liệu mẫu (hư cấu): {made.items} tin, {made.cases} hồ sơ.")
    names = ", ".join(f"{name} ({what})" for name, what in USERS.items())
    say(f"Đăng nhập bằng một trong: {names}. Mật khẩu chung: {PASSWORD}")
    return 0


def user(args: argparse.Namespace) -> int:
    """A new account, or a new password for one that is there."""
    open_house()
    from hoiam.agencies.actions import create_official, set_password
    from hoiam.agencies.models import Agency, Official
    from hoiam.core.errors import HoiAmError

    password = args.password or _asked()
    try:
        official = Official.objects.filter(username=args.username.lower()).first()
        if official is not None:
            set_password(official, actor=None, now=now(), password=password)
            say(f"Đã đặt lại mật khẩu cho {official.username}.")
            return 0
        agency = Agency.objects.filter(code=args.agency or "").first()
        if agency is None:
            raise Refusal(
                f"Không có cơ quan mang mã “{args.agency or ''}”. Thêm --agency MÃ (xem trang Cơ quan).",
                f"There is no agency with code “{args.agency or ''}”. Give --agency CODE.",
            )
        create_official(
            agency,
            actor=None,
            now=now(),
            username=args.username,
            full_name=args.full_name or args.username,
            role=args.role,
            title=args.title,
            email=args.email,
            password=password,
        )
    except HoiAmError as error:
        raise Refusal(str(error)) from error
    say(f"Đã tạo tài khoản {args.username.lower()} tại {agency}.")
    return 0


def _asked() -> str:
    if not sys.stdin.isatty():
        raise Refusal(
            "Thiếu mật khẩu: thêm --password hoặc chạy trên màn hình lệnh.", "Give --password."
        )
    return getpass.getpass("Mật khẩu: ")


def _setup_arguments(made: Parser) -> None:
    return None


def _demo_arguments(made: Parser) -> None:
    made.add_argument("--if-empty", action="store_true", help="không làm gì khi đã có dữ liệu")


def _user_arguments(made: Parser) -> None:
    made.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", help="tên đăng nhập")
    made.add_argument("--full-name", default="", help="họ và tên")
    made.add_argument("--agency", default="", help="mã cơ quan")
    made.add_argument(
        "--role", default="focal_point", help="vai trò, ví dụ focal_point, head, administrator"
    )
    made.add_argument("--title", default="", help="chức vụ")
    made.add_argument("--email", default="", help="thư điện tử nhận cảnh báo")
    made.add_argument("--password", default="", help="mật khẩu (không ghi thì hỏi)")


RUNS = {"setup": setup, "demo": demo, "user": user}
ARGUMENTS = {
    "setup": _setup_arguments,
    "demo": _demo_arguments,
    "user": _user_arguments,
}
SUMMARIES = {
    "setup": "Tạo hoặc nâng cấp cơ sở dữ liệu, nạp danh sách cơ quan và báo chí, sửa tin 90 ngày qua do bản cũ ghi chưa đúng. Chạy lại lúc nào cũng được.",
    "demo": "Nạp dữ liệu mẫu hư cấu để tập huấn.",
    "user": "Tạo tài khoản, hoặc đặt lại mật khẩu tài khoản đã có.",
}
