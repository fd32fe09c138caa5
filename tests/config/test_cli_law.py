"""`date`, `deadline`, `rules`: time and law on the command line."""

import json

import pytest

from hoiam.config.cli import main

SHAPE = ["due", "rule", "duty", "actor", "source", "valid_from", "valid_to", "confidence", "steps"]


def ran(capsys, *words: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of one verb."""
    code = main(words)
    said = capsys.readouterr()
    return code, said.out.strip(), said.err.strip()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["5/4/2026"], "2026-04-05"),
        (["14h05", "ngày", "6/9/2023"], "2023-09-06T14:05:00+07:00"),
        (["2 giờ trước", "--ref", "2026-10-05T10:00"], "2026-10-05T08:00:00+07:00"),
        (["2 giờ trước", "--ref", "2026-10-05T03:00Z"], "2026-10-05T08:00:00+07:00"),
    ],
)
def test_date_reads_what_people_write(words, answer, capsys):
    assert ran(capsys, "date", *words) == (0, answer, "")


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["31/02/2023"], 1, "Ngày này không có trong lịch; hãy kiểm tra lại ngày và tháng."),
        (
            ["31/02/2023", "--lang", "en"],
            1,
            "“31/02/2023” cannot be read as one Vietnamese date or time.",
        ),
        ([" "], 2, "Chưa có chữ nào để đọc."),
        (
            ["5/4/2026", "--ref", "mai"],
            2,
            "“mai” không phải thời điểm ISO 8601, ví dụ 2026-07-01T08:00+07:00.",
        ),
    ],
)
def test_date_says_why_not(words, code, why, capsys):
    assert ran(capsys, "date", *words) == (code, "", why)


def test_deadline_in_json_has_the_contracts_shape(capsys):
    code, out, err = ran(capsys, "deadline", "PN-01", "--from", "2026-07-03T16:20", "--json")
    found = json.loads(out)
    assert (code, err, list(found)) == (0, "", SHAPE)
    assert found["due"] == "2026-07-04T16:20:00+07:00"
    assert all(isinstance(step, str) for step in found["steps"])


def test_deadline_for_people_shows_source_and_steps(capsys):
    code, out, _ = ran(capsys, "deadline", "pn-01", "--from", "2026-07-03T09:20Z")
    assert code == 0
    assert out.splitlines()[:3] == [
        "PN-01 – Phát ngôn ban đầu",
        "Hạn: 04/07/2026 16:20",
        "Nguồn: NĐ 244/2026 Đ7.3 (độ tin cậy A)",
    ]
    assert all(line.startswith("- ") for line in out.splitlines()[3:])


def test_an_agency_may_tighten(capsys):
    code, out, _ = ran(
        capsys, "deadline", "PN-01", "--from", "2026-07-03T16:20", "--set", "number=12", "--json"
    )
    assert (code, json.loads(out)["due"]) == (0, "2026-07-04T04:20:00+07:00")


@pytest.mark.parametrize(
    ("words", "beginning"),
    [
        (["PN-01", "--set", "number=48"], "Quy tắc PN-01 là luật"),
        (["PN-01", "--set", "number"], "“number” chưa đúng dạng tên=giá trị"),
        (["PN-01", "--set", "mau=xanh"], "Quy tắc PN-01 không dùng giá trị “mau”"),
        (["PN-99"], "Không có quy tắc “PN-99”. Gần giống: PN-0"),
        (["PN-99", "--lang", "en"], "There is no rule “PN-99”. Did you mean PN-0"),
    ],
)
def test_deadline_refuses_with_what_to_do(words, beginning, capsys):
    code, out, err = ran(capsys, "deadline", *words, "--from", "2026-07-03")
    assert (code, out) == (2, "")
    assert err.startswith(beginning) and "\n" not in err


def test_rules_in_json_name_source_and_days(capsys):
    code, out, _ = ran(capsys, "rules", "--json")
    found = {rule["rule"]: rule for rule in map(json.loads, out.splitlines())}
    assert (code, found["PN-01"]["versions"][0]["source"]) == (0, "NĐ 244/2026 Đ7.3")
    assert all(version["valid_from"] for rule in found.values() for version in rule["versions"])
    assert len(ran(capsys, "rules")[1].splitlines()) == len(found)
