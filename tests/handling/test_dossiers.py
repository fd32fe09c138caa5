"""Dossiers: complete, stamped, checked with the file alone; what is private stays, what is damaged is named."""

import io
import json
import shutil
import subprocess
import zipfile

import pytest
from django.db import transaction

from hoiam.agencies.states import Role
from hoiam.config.cli import main
from hoiam.core import blobs, ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.stamps.dossier_check import NoDossier, check_dossier
from hoiam.handling import actions
from hoiam.handling.actions.dossier_parts import Wish
from hoiam.handling.actions.evidence import Tampered
from hoiam.handling.models import Dossier
from hoiam.monitoring.actions.captures import keep_file
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
WISH = Wish("Sở Văn hóa và Thể thao tỉnh Thanh Giang", "đề nghị xử lý thông tin sai sự thật")


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.HOIAM_BLOBS = tmp_path / "evidence"
    settings.HOIAM_STAMPS = tmp_path / "stamps"


@pytest.fixture
def case(tree, head):
    made = make.case(tree.province, story=make.story())
    item = made.case_items.get().item
    item.capture = keep_file(b"%PDF-1 bai", actor=head, now=NOW, content_type="application/pdf", how="quét")  # fmt: skip
    item.save()
    make.fact(made, truth="Bà Trần Thị Mẫu đã nhận tiền")
    add(made, head, "bien-ban.pdf", b"%PDF-1 bien ban")
    add(made, head, "don.pdf", b"%PDF-1 don to cao", names_denouncer=True)
    return made


def add(case, actor, name, data, **more):
    return actions.add_evidence(
        case, actor=actor, now=NOW, title="", file_name=name, data=data, **more
    )


def export(case, actor, wish=WISH):
    return actions.export_dossier(case, actor=actor, now=NOW, wish=wish)


def opened(dossier):
    return zipfile.ZipFile(io.BytesIO(blobs.read(dossier.blob)))


def saved(dossier, tmp_path):
    path = tmp_path / "ho-so.zip"
    path.write_bytes(blobs.read(dossier.blob))
    return path


def names(dossier):
    return set(opened(dossier).namelist())


def test_the_dossier_holds_list_index_files_hashes_stamps_and_certificates(case, head):
    made = export(case, head)
    found = names(made)

    assert {"DANH-MUC.docx", "ho-so.json", "HUONG-DAN-KIEM-TRA.txt", "SHA256SUMS", "SHA256SUMS.tsr",
            "bang-doi-chieu.txt", "chung-thu/noi-bo.pem"} <= found  # fmt: skip
    assert {name.partition("/")[0] for name in found if "/" in name} == {
        "bai-bao", "ban-chup", "chung-cu", "dau-thoi-gian", "chung-thu",
    }  # fmt: skip
    assert opened(made).read("DANH-MUC.docx")[:2] == b"PK"
    index = json.loads(opened(made).read("ho-so.json"))
    assert (index["case"]["number"], index["recipient"]) == (case.number, WISH.recipient)
    assert len(index["facts"]) == 1
    assert (made.files, made.size) == (4, len(blobs.read(made.blob)))


def test_it_is_checked_with_the_file_alone(case, head, tmp_path, settings, capsys):
    path = saved(export(case, head), tmp_path)
    settings.HOIAM_BLOBS = settings.HOIAM_STAMPS = tmp_path / "another-machine"
    checked = check_dossier(path)

    assert checked.findings == []
    assert (checked.files > 8, checked.stamps >= 2, len(checked.roots["local"])) == (True, True, 1)
    assert main(["verify", str(path)]) == 0
    assert "0 lỗi" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_the_way_the_readme_tells_works(case, head, tmp_path):
    zipfile.ZipFile(saved(export(case, head), tmp_path)).extractall(tmp_path / "x")
    commands = [
        line.partition(": ")[2].strip()
        for line in (tmp_path / "x" / "HUONG-DAN-KIEM-TRA.txt").read_text().splitlines()
        if line.startswith(("1.", "2."))
    ]
    for command in commands:
        done = subprocess.run(command.split(), cwd=tmp_path / "x", capture_output=True)
        assert done.returncode == 0, (command, done.stderr)


def test_denouncers_stay_out_unless_ticked_and_names_are_covered(case, head):
    made = export(case, head, Wish(WISH.recipient, WISH.reason, hide=["trần  thị mẫu"]))
    index = json.loads(opened(made).read("ho-so.json"))

    assert [each["why"] for each in index["withheld"]] == ["có tên người tố cáo"]
    assert not any("don" in name for name in names(made) if name.startswith("chung-cu/"))
    assert index["facts"][0]["truth"] == "Bà [đã che] đã nhận tiền"
    assert "Mẫu" not in opened(made).read("bang-doi-chieu.txt").decode()
    ticked = export(case, head, Wish(WISH.recipient, WISH.reason, names_denouncer=True))
    assert sum(name.startswith("chung-cu/") for name in names(ticked)) == 2


def test_handing_over_is_in_the_custody_of_every_file(case, head):
    made = export(case, head)
    file = case.evidence_files.first()
    last = ledger.of(file).last()

    assert (last.step, last.data["dossier"]) == ("export_dossier", made.pk)
    assert WISH.recipient in last.reason
    assert ledger.of(case).filter(step="export_dossier").count() == 1
    withheld = case.evidence_files.get(names_denouncer=True)
    assert [e.step for e in ledger.of(withheld)] == ["receive"]


def test_two_people_export_each_their_own(case, head, focal):
    assert {export(case, head).pk, export(case, focal).pk} == set(
        Dossier.objects.system("test").values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("wish", "field"), [(Wish(" ", "x"), "recipient"), (Wish("Sở", " "), "reason")]
)
def test_to_whom_and_why_must_be_said(case, head, wish, field):
    with pytest.raises(InvalidInput) as refused:
        export(case, head, wish)
    assert (refused.value.field, Dossier.objects.system("test").count()) == (field, 0)


def test_only_the_cases_own_desk_hands_over(case, tree, clerk):
    stranger = make.head(tree.other)
    for actor in (clerk, stranger, make.actor(tree.centre, Role.HEAD)):
        with pytest.raises(NotAllowed):
            export(case, actor)


def alter(sha256):
    place = blobs._place(sha256)
    place.chmod(0o600)
    place.write_bytes(place.read_bytes()[:-1] + b"!")


def test_no_dossier_is_made_with_an_altered_or_a_lost_file(case, head):
    file = case.evidence_files.first()
    alter(file.blob)
    with pytest.raises(Tampered, match=r"bien-ban\.pdf"):
        export(case, head)
    blobs._place(file.blob).unlink()
    with pytest.raises(blobs.NoSuchBlob):
        export(case, head)
    assert Dossier.objects.system("test").count() == 0


def rewritten(path, change):
    """The zip with its files passed through a change (None drops one)."""
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in change(files).items():
            new.writestr(name, data)


def flipped(files):
    name = next(name for name in files if name.startswith("chung-cu/"))
    return {**files, name: files[name][:-1] + b"!"}


def resummed(files):
    """Altered together with its sum: only the stamps tell."""
    import hashlib

    files = flipped(files)
    name = next(name for name in files if name.startswith("chung-cu/"))
    old = next(r for r in files["SHA256SUMS"].decode().splitlines() if r.endswith(name))
    new = f"{hashlib.sha256(files[name]).hexdigest()}  {name}"
    return {**files, "SHA256SUMS": files["SHA256SUMS"].replace(old.encode(), new.encode())}


DAMAGES = {
    "a flipped byte": (flipped, "Tệp đã bị sửa"),
    "a file and its sum": (resummed, "Dấu thời gian không hợp lệ"),
    "a file added": (lambda f: {**f, "them.txt": b"x"}, "được thêm vào sau"),
    "a file dropped": (
        lambda f: {n: d for n, d in f.items() if n != "bang-doi-chieu.txt"},
        "không còn trong bộ hồ sơ",
    ),
    "no token": (lambda f: {n: d for n, d in f.items() if n != "SHA256SUMS.tsr"}, "Thiếu dấu"),
    "no certificate": (
        lambda f: {n: d for n, d in f.items() if not n.startswith("chung-thu/")},
        "chứng thư gốc",
    ),
}


@pytest.mark.fault
@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_of_a_dossier_is_named(case, head, tmp_path, damage):
    change, words = DAMAGES[damage]
    path = saved(export(case, head), tmp_path)
    rewritten(path, change)

    assert any(words in told for _, told in check_dossier(path).findings)


@pytest.mark.parametrize("data", [b"", b"khong phai zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_dossier_is_refused(tmp_path, data, capsys):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(NoDossier):
        check_dossier(path)
    assert main(["verify", str(path)]) == 2


def test_a_dossier_is_taken_again_with_a_reason(case, head, focal):
    made = export(case, head)
    with pytest.raises(InvalidInput):
        actions.take_dossier(made, actor=focal, now=NOW, why=" ")
    actions.take_dossier(made, actor=focal, now=NOW, why="gửi lại")
    assert ledger.of(made).last().reason == "gửi lại"
    alter(made.blob)
    with pytest.raises(Tampered), transaction.atomic():
        actions.take_dossier(made, actor=focal, now=NOW, why="gửi lại")


CLIP = {"medium": "print", "outlet": "Báo Sông Thanh", "issue": "112", "page": "3"}
ON_AIR = {"medium": "radio", "outlet": "Đài Sông Thanh", "programme": "Pháp luật", "aired_at": NOW}


@pytest.mark.parametrize("standing", [CLIP, ON_AIR])
def test_a_clip_of_print_or_air_says_where_it_stood(case, head, standing):
    kept = actions.add_clip(
        case, actor=head, now=NOW, title="", file_name="a.mp3", data=b"ID3\x04...",
        standing=actions.evidence.Standing(**standing),
    )  # fmt: skip
    assert (kept.outlet, kept.medium) == (standing["outlet"], standing["medium"])


@pytest.mark.parametrize(
    ("standing", "field"),
    [
        ({**CLIP, "outlet": " "}, "outlet"),
        ({**CLIP, "issue": ""}, "issue"),
        ({**CLIP, "page": ""}, "page"),
        ({**ON_AIR, "programme": ""}, "programme"),
        ({**ON_AIR, "aired_at": None}, "aired_at"),
        ({**ON_AIR, "aired_at": NOW.replace(year=2027)}, "aired_at"),
        ({**CLIP, "medium": "x"}, "medium"),
    ],
)
def test_a_clip_without_its_place_is_refused_at_the_field(case, head, standing, field):
    with pytest.raises(InvalidInput) as refused:
        actions.add_clip(
            case, actor=head, now=NOW, title="", file_name="a.mp3", data=b"ID3\x04...",
            standing=actions.evidence.Standing(**standing),
        )  # fmt: skip
    assert refused.value.field == field
