"""Pictures made anew for showing."""

import io

import pytest
from PIL import Image

from hoiam.core.errors import InvalidInput
from hoiam.core.pictures import remade


def picture(size=(40, 20), form="JPEG", mode="RGB", **saved):
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, form, **saved)
    return out.getvalue()


def test_a_wide_picture_is_narrowed_and_a_small_one_left():
    assert (remade(picture((3200, 1000)), "a.jpg").width, remade(picture(), "a.jpg").width) == (1600, 40)  # fmt: skip


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Máy ảnh"
    shown = remade(picture(exif=exif), "a.jpg")
    assert (shown.width, shown.height) == (20, 40)
    assert not Image.open(io.BytesIO(shown.data)).getexif()


def test_see_through_parts_stay():
    shown = remade(picture(form="PNG", mode="RGBA"), "a.png")
    assert shown.kind == "image/png"
    assert Image.open(io.BytesIO(shown.data)).mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "ảnh HEIC"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Không nhận tệp"),
        (picture()[:200], "bị hỏng"),
        (b"%PDF-1.4 ...", "không phải là ảnh"),
        (b"\xff\xd8\xff" + b"\0" * (25 * 1024 * 1024), "lớn hơn 25 MB"),
    ],
)
def test_what_is_no_picture_to_show_is_refused_with_what_to_do(data, told):
    with pytest.raises(InvalidInput, match=told):
        remade(data, "anh")
