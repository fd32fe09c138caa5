"""How every verb behaves towards people and pipes, run as the real program where that matters."""

import gzip
import json
import lzma
import os
import pty
import signal
import subprocess
import sys
import time

import pytest
import zstandard

from hoiam.config.cli import VERBS, main

PROGRAM = [sys.executable, "-m", "hoiam.config.cli"]
READERS = ["recognise", "extract", "read-feed", "stories"]
LINES = "".join(json.dumps({"id": n, "title": f"Tin số {n}", "text": "x"}) + "\n" for n in range(3))
PACKERS = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def program(*words: str, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """The real program's answer."""
    return subprocess.run(
        [*PROGRAM, *words], input=given, capture_output=True, timeout=60, env={**os.environ, **env}
    )


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence of a refusal; nothing else may have been said."""
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err and "Lỗi trong chương trình" not in said.err
    return said.err.strip()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_in_vietnamese(verb, capsys):
    assert main([verb, "--help"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"Cách dùng: hoiam {verb}")
    assert "hiện trang này" in told.out
    assert told.err == ""


@pytest.mark.parametrize("verb", VERBS)
def test_a_wrong_flag_is_refused_in_one_sentence(verb, capsys):
    needed = {
        "backup": ["a"],
        "restore": ["a"],
        "move": ["--to", "sqlite:///a"],"deadline": ["PN-01", "--from", "2026-07-03"], "date": ["5/4/2026"],
              "user": ["an"], "import-items": ["a"], "import-agencies": ["a"],
              "clip": ["--user", "a", "--title", "b"]}  # fmt: skip
    assert "không hiểu “--khong-co”" in refused(capsys, verb, *needed.get(verb, []), "--khong-co")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["recogni"],
            "Không có lệnh “recogni”. Có phải là “recognise”? Gõ hoiam --help để xem các lệnh.",
        ),
        (["date"], "Dùng sai: thiếu CHỮ. Cách dùng: hoiam date [-h] [--ref ISO] CHỮ [CHỮ ...]"),
        (["up", "--port", "x"], "Dùng sai: --port phải là số nguyên, không phải “x”."),
        (["rules", "--lang", "fr"], "--lang chỉ nhận vi hoặc en."),
        (
            ["recognise", "/khong/co"],
            "Không mở được tệp “/khong/co”: kiểm tra lại tên và quyền đọc.",
        ),
    ],
)
def test_refusals_say_what_to_do(words, sentence, capsys):
    assert refused(capsys, *words).startswith(sentence)


def test_english_is_given_when_asked(capsys):
    assert refused(capsys, "recognise", "/khong/co", "--lang", "en") == (
        "Cannot open “/khong/co”: check its name and that it may be read."
    )


@pytest.mark.parametrize("verb", READERS)
def test_a_folder_is_no_file(verb, tmp_path, capsys):
    assert refused(capsys, verb, str(tmp_path)) == f"“{tmp_path}” là thư mục, không phải tệp."


@pytest.mark.parametrize("verb", READERS)
def test_an_empty_file_is_refused(verb, tmp_path, capsys):
    file = tmp_path / "rong"
    file.write_bytes(b"  \n")
    assert refused(capsys, verb, str(file)) == f"“{file}” trống, không có gì để đọc."


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("verb", READERS)
def test_a_packed_file_cut_short_is_refused(verb, suffix, tmp_path, capsys):
    file = tmp_path / f"tin{suffix}"
    file.write_bytes(PACKERS[suffix](json.dumps({"title": os.urandom(3000).hex()}).encode())[:-20])
    assert refused(capsys, verb, str(file)) == (
        f"Không đọc được “{file}”: tệp hỏng hoặc bị cắt ngang."
    )


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_file_in_several_pieces_is_read_whole(suffix, tmp_path, capsys):
    file = tmp_path / f"tin{suffix}"
    file.write_bytes(b"".join(PACKERS[suffix](line.encode()) for line in LINES.splitlines(True)))
    assert main(["stories", "--jsonl", str(file)]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [0, 1, 2]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe{\x00}\x00", "Dòng 1 không phải UTF-8. Hãy lưu tệp bằng UTF-8 rồi chạy lại."),
        (b"khong phai", "Dòng 1 không phải JSON (sai ở ký tự thứ 1)."),
        (b"[1]", "Dòng 1 phải là một đối tượng JSON {…}."),
        (
            b'{"title": NaN}',
            "Dòng 1 không phải JSON đọc được (số quá dài, NaN, hoặc lồng quá sâu).",
        ),
        (b"[" * 200_000, "Dòng 1 không phải JSON đọc được (số quá dài, NaN, hoặc lồng quá sâu)."),
        (b'{"title": 5}', "Dòng 1: Trường “title” phải là chữ; hãy sửa dòng này rồi chạy lại."),
    ],
)
@pytest.mark.parametrize("form", [[], ["--jsonl"]])
def test_what_is_no_document_is_refused(content, sentence, form, tmp_path, capsys):
    file = tmp_path / "tin.json"
    file.write_bytes(content)
    assert refused(capsys, "recognise", *form, str(file)) == sentence


@pytest.mark.parametrize("words", [["stories"], ["stories", "-"]])
def test_stdin_is_read_with_and_without_a_dash(words):
    done = program(*words, given=LINES.encode())
    assert (done.returncode, done.stdout.count(b"\n"), done.stderr) == (0, 3, b"")


def test_half_a_letter_goes_out_as_it_came_in():
    done = program("stories", given=b'{"id": "a", "title": "Tin", "khac": "\\ud800"}\n')
    assert done.returncode == 0
    assert json.loads(done.stdout)["khac"] == "\ud800"


def test_a_machine_without_utf8_still_gets_utf8():
    done = program("date", "xyz", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == "Không thấy ngày tháng nào trong đoạn chữ.\n"


def test_a_reader_that_goes_away_is_no_fault():
    shell = (
        f"'{sys.executable}' -m hoiam.config.cli rules --json | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", shell], capture_output=True, timeout=60)
    assert (done.stderr, done.stdout.splitlines()[-1]) == (b"", b"0")


def test_a_full_disk_is_one_sentence():
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PROGRAM, "rules"], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Không đọc hoặc ghi được (No space left on device).")
    assert done.stderr.count(b"\n") == 1


def test_ctrl_c_ends_quietly():
    running = subprocess.Popen(
        [*PROGRAM, "stories"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    running.stdin.write(LINES.encode())
    running.stdin.flush()
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=20) == 130
    assert running.stderr.read() == b""
    for stream in (running.stdin, running.stdout, running.stderr):
        stream.close()


def test_progress_is_for_a_terminal_only(tmp_path):
    file = tmp_path / "tin.jsonl"
    file.write_text("".join(json.dumps({"id": n, "title": f"Tin {n}"}) + "\n" for n in range(60)))
    seen = _on_terminal("stories", str(file))
    assert "Đã đọc: 50" in seen
    assert program("stories", str(file)).stderr == b""


def _on_terminal(*words: str) -> str:
    ours, theirs = pty.openpty()
    done = subprocess.run([*PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=theirs, timeout=60)
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0
    return seen


@pytest.mark.parametrize(
    "words",
    [
        ["date", "5/4/2026"],
        ["rules"],
        ["write-paper", "--list"],
        ["stories", "/khong/co"],
        ["recognise", "/khong/co"],
    ],
)
def test_kit_verbs_never_load_django(words):
    code = (
        "import sys; from hoiam.config.cli import main; main(sys.argv[1:]); "
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, timeout=60)
    assert done.returncode == 0


def test_date_starts_fast():
    before = os.times()
    assert program("date", "5/4/2026").stdout == b"2026-04-05\n"
    after = os.times()
    spent = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    assert spent < 0.5


def test_no_command_shows_the_verbs(capsys):
    assert main([]) == 0
    told = capsys.readouterr().out
    assert all(f"  {verb}" in told for verb in VERBS)
