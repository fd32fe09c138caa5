"""Files people upload: tried first, one sentence for each wrong cell, all or nothing, nothing twice, no names of people."""

import json

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.monitoring.actions.uploads import take_upload, try_upload
from hoiam.monitoring.actions.uploads.rows import pseudonym
from hoiam.monitoring.models import Comment, Item, ItemImport, Source, Warning
from tests.monitoring.house import GRAVE, NOW, make_actor

pytestmark = pytest.mark.django_db
POST = "https://trang.example/bai-1"
LIST = f"""Tiêu đề;Đường dẫn;Nguồn;Ngày đăng;Tóm tắt
{GRAVE.title};{GRAVE.url};Báo Sông Thanh;05/08/2026 08:00;{GRAVE.sapo}
"Giá rau; giá cá";https://do-moi.example/gia-rau.html;;;
"""


@pytest.fixture
def vendor(desk):
    return Source.objects.create(name="Đơn vị giám sát Cồn Én", kind="vendor")


@pytest.fixture
def page(desk):
    return Source.objects.create(name="Trang THADS Thanh Giang", kind="comments")


def upload(source, text, actor, **kwargs):
    data = text if isinstance(text, bytes) else text.encode()
    return try_upload(source, data, file_name="tep.csv", actor=actor, now=NOW, **kwargs)


def test_a_trial_writes_no_item_and_a_taking_all(province, vendor, desk):
    run = upload(vendor, LIST, desk)
    assert (run.lines, run.known, run.problems, run.dry_run, Item.objects.count()) == (
        2,
        0,
        [],
        True,
        0,
    )
    done = take_upload(run, actor=desk, now=NOW)
    assert (done.taken, done.known, done.relevant, done.dry_run, done.ready) == (2, 0, 1, False, [])
    items = {item.title: item for item in Item.objects.all()}
    assert items[GRAVE.title].published_at == GRAVE.published_at
    assert items["Giá rau; giá cá"].outlet == "Đơn vị giám sát Cồn Én"
    assert [w.agency for w in Warning.objects.system("look").select_related("agency")] == [province]
    vendor.refresh_from_db()
    assert (vendor.kept, vendor.last_new_at, vendor.due_at) == (2, NOW, None)
    assert vendor.rule["columns"] == {
        "title": "Tiêu đề", "link": "Đường dẫn", "text": "Tóm tắt", "outlet": "Nguồn", "published": "Ngày đăng",
    }  # fmt: skip


def test_the_same_file_again_is_only_counted_and_a_trial_is_taken_once(vendor, desk):
    run = upload(vendor, LIST, desk)
    take_upload(run, actor=desk, now=NOW)
    with pytest.raises(WrongState):
        take_upload(run, actor=desk, now=NOW)
    again = upload(vendor, LIST, desk)
    assert again.known == 2
    assert take_upload(again, actor=desk, now=NOW).taken == 0
    assert Item.objects.count() == 2


WRONG = """title,link,published
,https://a.example/1,
Tin hai,khong-phai-dia-chi,
Tin ba,https://a.example/3,46239.5
Tin bốn,https://a.example/4,31/02/2026 08:00
Tin năm,https://a.example/5,09/12/2026 08:00
Tin sáu,https://a.example/6,05/08/2026,thừa
Tin bảy,https://a.example/7,05/08/2026
"""


def test_each_wrong_cell_is_one_sentence_at_its_place_and_nothing_is_taken(vendor, desk):
    run = upload(vendor, WRONG, desk)
    assert [(p["line"], p["column"], p["sentence"]) for p in run.problems] == [
        (2, "title", "Ô trống. Nếu tệp có ô gộp, hãy bỏ gộp và điền đủ từng dòng."),
        (3, "link", "Không phải địa chỉ web; địa chỉ bắt đầu bằng https:// hoặc http://."),
        (4, "published", "Đây là số của Excel, không phải ngày giờ. Định dạng cột thành dd/mm/yyyy hh:mm rồi lưu lại."),
        (5, "published", "Không đọc được thời điểm. Viết như 05/04/2026 14:05."),
        (6, "published", "Thời điểm ở phía trước. Kiểm tra lại ngày, tháng."),
        (7, "", "Dòng có nhiều ô hơn số cột. Ô có dấu phẩy phải đặt trong ngoặc kép."),
    ]  # fmt: skip
    with pytest.raises(WrongState):
        take_upload(run, actor=desk, now=NOW)
    assert (Item.objects.count(), ItemImport.objects.get().ready) == (0, [])
    vendor.refresh_from_db()
    assert vendor.rule == {}


@pytest.mark.parametrize(
    ("data", "field", "start"),
    [
        (
            "Tên,Chỗ\na,b",
            "column_title",
            "Không thấy cột tiêu đề bài. Tệp có các cột: “Tên”, “Chỗ”.",
        ),
        ("", "file", "Tệp không có dòng nào."),
        ("title,link\n", "file", "Tệp không có dòng nào."),
        (b"PK\x03\x04abc", "file", "Đây là tệp Excel hoặc Word."),
        (b"title,link\n\xff\xfe\x00", "file", "Không đọc được bảng mã của tệp."),
        ('title,link\n"mở mà không đóng', "column_x", ""),
        ("[1, 2]", "file", "Tệp JSON phải là danh sách các đối tượng"),
        ('{"title": "a"}\n{hỏng', "file", "Tệp JSON hỏng ở dòng 2."),
        ("[" * 100_000, "file", "Tệp JSON hỏng ở dòng 1."),
        ("title,link\n" + "a,https://a.example/1\n" * 5001, "file", "Tệp có hơn 5.000 dòng."),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_leaves_nothing(
    vendor, desk, data, field, start
):
    if not start:
        assert upload(vendor, data, desk).problems[0]["sentence"].startswith("Ô trống")
        return
    with pytest.raises(InvalidInput) as caught:
        upload(vendor, data, desk)
    assert caught.value.field == field
    assert str(caught.value).startswith(start)
    assert ItemImport.objects.count() == 0


def test_columns_a_person_names_go_first_and_are_kept(vendor, desk):
    text = "Tít,Link,Link gốc\nMột tin,https://a.example/sai,https://a.example/dung\n"
    run = upload(vendor, text, desk, named={"title": "Tít", "link": " link  gốc "})
    assert run.ready[0]["url"] == "https://a.example/dung"
    vendor.refresh_from_db()
    assert vendor.rule_version == 1
    assert upload(vendor, text, desk).ready[0]["url"] == "https://a.example/dung"
    with pytest.raises(InvalidInput, match="Tệp không có cột “Tiêu”"):
        upload(vendor, text, desk, named={"title": "Tiêu"})


ROWS = [
    {"message": "Giải quyết nhanh, cảm ơn.", "permalink": POST, "created_time": "2026-08-05T08:00:00+07:00", "from": {"name": "Trần Thị Lụa", "id": "77001"}},
    {"message": "Chậm quá", "permalink": POST, "created_time": "05/08/2026 08:30", "from": {"name": "TRẦN THỊ LỤA"}},
    {"message": "Chậm quá", "permalink": POST + "2", "created_time": "", "from": {"name": "Trần Thị Lụa"}},
]  # fmt: skip


@pytest.mark.parametrize("shape", ["list", "wrapped", "lines"])
def test_comments_come_as_json_and_no_name_of_a_person_is_kept(page, desk, shape):
    text = {
        "list": json.dumps(ROWS),
        "wrapped": json.dumps({"data": ROWS}),
        "lines": "\n".join(map(json.dumps, ROWS)),
    }[shape]
    run = upload(page, text, desk)
    assert run.problems == []
    held = str(run.ready) + str([vars(e) for e in ledger.of(run)])
    assert "Lụa" not in held.title() and "77001" not in held
    assert take_upload(run, actor=desk, now=NOW).taken == 3
    rows = list(Comment.objects.order_by("id"))
    assert rows[0].pseudonym == rows[1].pseudonym != rows[2].pseudonym
    assert [(c.at.isoformat() if c.at else None) for c in rows] == [
        "2026-08-05T01:00:00+00:00", "2026-08-05T01:30:00+00:00", None,
    ]  # fmt: skip
    again = upload(page, text, desk)
    assert (again.known, take_upload(again, actor=desk, now=NOW).taken) == (3, 0)
    assert Item.objects.count() == 0


def test_a_pseudonym_depends_on_the_post_the_page_and_the_houses_secret(settings):
    one = pseudonym("Trần Thị Lụa", source_id=1, post=POST)
    assert len(one) == 12
    assert one == pseudonym(" trần  thị lụa ", source_id=1, post=POST)
    assert one != pseudonym("Trần Thị Lụa", source_id=2, post=POST)
    assert pseudonym(" ", source_id=1, post=POST) == ""
    settings.SECRET_KEY = "một bí mật khác"
    assert one != pseudonym("Trần Thị Lụa", source_id=1, post=POST)


def test_a_shifted_row_shows_no_name_either(page, desk):
    run = upload(page, f"text,post,at\nHay quá,{POST},,Trần Thị Lụa\n", desk)
    assert [(p["line"], p["said"]) for p in run.problems] == [(2, "")]


def test_who_may_not_upload_and_where_nobody_may(vendor, province, desk):
    with pytest.raises(NotAllowed):
        upload(vendor, LIST, make_actor(province, "editor"))
    feed = Source.objects.create(name="RSS", kind="feed", url="https://a.example/rss")
    with pytest.raises(WrongState):
        upload(feed, LIST, desk)
