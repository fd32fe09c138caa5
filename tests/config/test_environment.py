"""The environment: read once, refused in one sentence when it is wrong."""

import os
import stat
import subprocess
import sys

import pytest

from hoiam.config import environment


def test_the_key_is_made_once_and_only_for_us(tmp_path, monkeypatch):
    monkeypatch.delenv("HOIAM_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path)
    assert len(key) >= 50
    assert environment.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_given_key_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("HOIAM_SECRET_KEY", "khoa")
    assert environment.secret_key(tmp_path) == "khoa"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_key_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv("HOIAM_SECRET_KEY", raising=False)
    (tmp_path / "secret.key").touch()
    with pytest.raises(ValueError, match=r"trống\. Xóa tệp này rồi chạy lại"):
        environment.secret_key(tmp_path)


@pytest.mark.parametrize(
    ("said", "behind_tls", "expected"),
    [("", True, 1), ("", False, 0), ("2", True, 2), ("0", True, 0)],
)
def test_as_many_proxies_as_said_else_one_before_https(said, behind_tls, expected, monkeypatch):
    monkeypatch.setenv("HOIAM_PROXIES", said)
    assert environment.proxies(behind_tls=behind_tls) == expected


@pytest.mark.parametrize("said", ["abc", "-1", "10", "1.0", "٣"])
def test_what_is_no_number_of_proxies_is_refused(said, monkeypatch):
    monkeypatch.setenv("HOIAM_PROXIES", said)
    with pytest.raises(ValueError, match=r"^HOIAM_PROXIES phải là số từ 0 đến 9"):
        environment.proxies(behind_tls=True)


@pytest.mark.parametrize("said", ["abc", "0", "65536", "-1", "8000.0", "٣"])
def test_what_is_no_port_is_refused(said, monkeypatch):
    monkeypatch.setenv("HOIAM_PORT", said)
    with pytest.raises(
        ValueError, match=rf"^HOIAM_PORT phải là số từ 1 đến 65535, đang là “{said}”\.$"
    ):
        environment.port()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://an:m%40t@thu.example", ("thu.example", 587, "an", "m@t", False, False)),
        ("smtp://thu.example:25/?tls=1", ("thu.example", 25, "", "", True, False)),
        ("smtps://thu.example", ("thu.example", 465, "", "", False, True)),
    ],
)
def test_mail_goes_where_the_address_says(url, expected, monkeypatch):
    monkeypatch.setenv("HOIAM_MAIL_URL", url)
    mail = environment.mail()
    assert (mail.host, mail.port, mail.user, mail.password, mail.use_tls, mail.use_ssl) == expected


def test_a_wrong_mail_address_is_refused_without_its_password(monkeypatch):
    monkeypatch.setenv("HOIAM_MAIL_URL", "http://an:mat-khau@thu.example")
    with pytest.raises(ValueError, match=r"^HOIAM_MAIL_URL phải có dạng") as refusal:
        environment.mail()
    assert "mat-khau@thu" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value", "beginning"),
    [
        ("HOIAM_PORT", "tám nghìn", "Cấu hình sai: HOIAM_PORT phải là số từ 1 đến 65535"),
        ("DATABASE_URL", "oracle://a/b", "Cấu hình sai:"),
        ("DATABASE_URL", "postgres://a@127.0.0.1:1/b", "Không kết nối được cơ sở dữ liệu"),
        (
            "HOIAM_DATA",
            "/dev/null/x",
            "Cấu hình sai: không tạo được thư mục dữ liệu “/dev/null/x” (HOIAM_DATA)",
        ),
        ("HOIAM_MAIL_URL", "x", "Cấu hình sai: HOIAM_MAIL_URL phải có dạng"),
    ],
)
def test_wrong_settings_are_one_sentence(name, value, beginning, tmp_path):
    env = {**os.environ, "HOIAM_DATA": str(tmp_path), "DATABASE_URL": "", name: value}
    done = subprocess.run(
        [sys.executable, "-m", "hoiam.config.cli", "verify"],
        env=env,
        capture_output=True,
        timeout=60,
    )
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert said.startswith(beginning)
    assert said.count("\n") == 1


def test_the_address_people_open_is_this_machines_own_unless_named(monkeypatch):
    monkeypatch.delenv("HOIAM_ADDRESS", raising=False)
    assert environment.address("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    monkeypatch.setenv("HOIAM_ADDRESS", "https://hoiam.thanhgiang.example/")
    assert environment.address("127.0.0.1", 8000) == "https://hoiam.thanhgiang.example"


@pytest.mark.parametrize("said", ["hoiam.example", "ftp://hoiam.example", "https://"])
def test_what_is_no_address_people_can_open_is_refused(said, monkeypatch):
    monkeypatch.setenv("HOIAM_ADDRESS", said)
    with pytest.raises(ValueError, match=r"^HOIAM_ADDRESS phải có dạng https://"):
        environment.address("127.0.0.1", 8000)


def test_networks_are_read_and_what_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("HOIAM_NETWORKS_OF_A_TEST", "10.20.0.0/16, 192.168.1.0/24")
    assert environment.networks("HOIAM_NETWORKS_OF_A_TEST") == ["10.20.0.0/16", "192.168.1.0/24"]
    monkeypatch.setenv("HOIAM_NETWORKS_OF_A_TEST", "mạng trong")
    with pytest.raises(ValueError, match="“mạng trong” không phải"):
        environment.networks("HOIAM_NETWORKS_OF_A_TEST")
