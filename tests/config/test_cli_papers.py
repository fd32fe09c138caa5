"""`write-paper`: a Word file, or one sentence that says what is missing."""

import io
import json
import zipfile

import pytest

from hoiam.config.cli import main
from hoiam.kit.papers import describe, kinds


def ran(capsys, *words: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of the verb."""
    code = main(["write-paper", *words])
    said = capsys.readouterr()
    return code, said.out, said.err.strip()


def test_the_list_names_every_kind(capsys):
    code, out, _ = ran(capsys, "--list")
    assert code == 0
    assert [json.loads(line)["code"] for line in out.splitlines()] == [
        kind.code for kind in kinds()
    ]


@pytest.mark.parametrize("code", [kind.code for kind in kinds()])
def test_every_kinds_own_example_becomes_a_word_file(code, tmp_path, capsys):
    data, output = tmp_path / "vao.json", tmp_path / "ra.docx"
    data.write_text(json.dumps(describe(code)["example"]), encoding="utf-8")
    assert ran(capsys, code, "--data", str(data), "-o", str(output)) == (0, "", f"Đã ghi {output}.")
    names = zipfile.ZipFile(io.BytesIO(output.read_bytes())).namelist()
    assert "word/document.xml" in names


@pytest.mark.parametrize(
    ("kind", "data", "beginning"),
    [
        ("response", "{}", "Chưa lập được “Văn bản phản hồi thông tin báo chí” vì còn thiếu: "),
        ("khong-co", "{}", "Không có loại văn bản “khong-co”."),
        ("response", "[]", "Dòng 1 phải là một đối tượng JSON"),
        ("response", "{", "Dòng 1 không phải JSON"),
        ("response", "", "“"),
    ],
)
def test_what_cannot_be_written_is_said(kind, data, beginning, tmp_path, capsys):
    file, output = tmp_path / "vao.json", tmp_path / "ra.docx"
    file.write_text(data, encoding="utf-8")
    code, out, err = ran(capsys, kind, "--data", str(file), "-o", str(output))
    assert (code, out, output.exists()) == (2, "", False)
    assert err.startswith(beginning) and "\n" not in err


@pytest.mark.parametrize("junk", [[5], {"a": 1}])
def test_junk_in_any_field_is_a_sentence(junk, tmp_path, capsys):
    file = tmp_path / "vao.json"
    for kind in kinds():
        example = describe(kind.code)["example"]
        for name in example:
            file.write_text(json.dumps(example | {name: junk}), encoding="utf-8")
            code, _, err = ran(
                capsys, kind.code, "--data", str(file), "-o", str(tmp_path / "ra.docx")
            )
            assert code in {0, 2}
            assert "Lỗi trong chương trình" not in err, (kind.code, name)


def test_a_missing_folder_and_a_folder_are_refused(tmp_path, capsys):
    away = tmp_path / "chua-co" / "ra.docx"
    told = ran(capsys, "response", "--data", "x", "-o", str(away))
    assert told == (2, "", f"Không ghi được “{away}”: chưa có thư mục “{away.parent}”.")
    told = ran(capsys, "response", "--data", "x", "-o", str(tmp_path))
    assert told == (2, "", f"Không ghi được “{tmp_path}”: đó là thư mục.")
