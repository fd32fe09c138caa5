"""`read-paper`: a summary for people, the contract's JSON for machines, one sentence for what cannot be read."""

import json
import os
import subprocess
import sys

from hoiam.config.cli import main
from tests.kit.papers.reading.making import cases, file_of

LETTER = file_of(cases()["17-cong-van-don-doc"])
KEYS = ["kind", "number", "issued_on", "place", "issuer", "signer", "signer_title", "subject", "addressees", "legal_bases",
        "tasks", "obligations", "themes", "problems"]  # fmt: skip


def ran(capsys, *words):
    """The exit code, stdout and stderr of the verb."""
    code = main(["read-paper", *words])
    said = capsys.readouterr()
    return code, said.out, said.err.strip()


def test_json_has_the_keys_of_the_contract(tmp_path, capsys):
    file = tmp_path / "cong-van.txt"
    file.write_bytes(LETTER)
    code, out, err = ran(capsys, "--json", str(file))
    told = json.loads(out)
    assert (code, err, list(told)) == (0, "", KEYS)
    (asked,) = told["obligations"]
    assert (asked["due"], asked["due_kind"]) == ("2023-11-30", "on")
    assert asked["span"]["text"].startswith("khẩn trương hoàn thành báo cáo")


def test_the_summary_is_for_people(tmp_path, capsys):
    file = tmp_path / "cong-van.txt"
    file.write_bytes(LETTER)
    code, out, _ = ran(capsys, str(file))
    assert code == 0
    assert "Số, ký hiệu:       940/CTH-NV1" in out
    assert "Ngày ban hành:     27/11/2023" in out
    assert "Thời hạn: đúng ngày 30/11/2023" in out
    assert "Chế tài: Đơn vị nào gửi báo cáo chậm" in out


def test_a_plan_shows_its_tasks_and_what_is_not_there(tmp_path, capsys):
    file = tmp_path / "ke-hoach.docx"
    file.write_bytes(file_of(cases()["25-danh-so-tu-dong"]))
    _, out, _ = ran(capsys, str(file))
    assert "Nhiệm vụ (2):" in out
    assert "      Sản phẩm: (không ghi)" in out


def test_standard_input_is_read():
    words = [sys.executable, "-m", "hoiam.config.cli", "read-paper", "--json", "-"]
    done = subprocess.run(words, input=LETTER, capture_output=True, timeout=60, env={**os.environ})
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["number"] == "940/CTH-NV1"


def test_what_cannot_be_read_is_one_sentence(tmp_path, capsys):
    file = tmp_path / "hong.docx"
    file.write_bytes(b"PK\x03\x04 hong")
    code, out, err = ran(capsys, str(file))
    assert (code, out) == (2, "")
    assert err == "Tệp hỏng hoặc tải chưa hết nên không đọc được. Hãy lưu lại rồi đọc lại."
    code, _, err = ran(capsys, str(file), "--lang", "en")
    assert code == 2
    assert err.startswith("This file cannot be read as a paper")
