"""Pictures made anew for showing: turned upright, narrowed, without the place and machine a camera writes into them.

What is evidence stays as it came and never passes here.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from hoiam.core import blobs
from hoiam.core.errors import InvalidInput
from hoiam.core.filekinds import MIB, MOST_PIXELS, admitted

WIDEST = 1600
_QUALITY = 82
_LARGEST = 25 * MIB
_STILL_PICTURES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


@dataclass(frozen=True)
class Shown:
    """A picture made anew: JPEG, or PNG where it has see-through parts."""

    data: bytes
    kind: str
    width: int
    height: int


def remade(data: bytes, name: str, *, widest: int = WIDEST) -> Shown:
    """The picture to show, no wider than asked and never widened.

    Raises:
        InvalidInput: it is no picture of a kind that browsers show, too large, or broken; the sentence says what to do.
    """
    if data[4:8] == b"ftyp" and data[8:12] in _STILL_PICTURES:
        raise InvalidInput(
            f"“{name}” là ảnh HEIC của iPhone, nhiều máy không mở được. Trên iPhone vào Cài đặt > Camera > Định dạng, "
            "chọn “Tương thích nhất”, hoặc gửi ảnh qua thư để máy đổi thành JPEG, rồi tải lại.",
            "file",
        )
    if len(data) > _LARGEST:
        raise InvalidInput(
            f"Ảnh “{name}” lớn hơn {_LARGEST // MIB} MB. Hãy thu nhỏ ảnh rồi tải lại.", "file"
        )
    if not admitted(data, name).startswith("image/"):
        raise InvalidInput(f"“{name}” không phải là ảnh. Hãy chọn ảnh JPEG, PNG hoặc WebP.", "file")
    try:
        return _remade(data, widest)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ) as e:
        raise InvalidInput(f"Ảnh “{name}” bị hỏng. Hãy lưu lại ảnh rồi tải lại.", "file") from e


def _remade(data: bytes, widest: int) -> Shown:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            opened.draft("RGB", (widest, widest))
            upright = ImageOps.exif_transpose(opened)
            is_clear = upright.mode in {"RGBA", "LA"} or "transparency" in upright.info
            picture = upright.convert("RGBA" if is_clear else "RGB")
    if picture.width > widest:
        height = max(1, round(picture.height * widest / picture.width))
        picture = picture.resize((widest, height), Image.Resampling.LANCZOS)
    return _written(picture, is_clear)


def _written(picture: Image.Image, is_clear: bool) -> Shown:
    out = io.BytesIO()
    picture.info.clear()
    if is_clear:
        picture.save(out, "PNG", optimize=True)
    else:
        picture.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    kind = "image/png" if is_clear else "image/jpeg"
    return Shown(out.getvalue(), kind, picture.width, picture.height)


def keep(shown: Shown) -> str:
    """The SHA-256 under which the picture now lies in the store."""
    return blobs.put(shown.data).sha256


def address(sha256: str, kind: str = "image/jpeg", *, width: int | None = None) -> str:
    """Where pages ask for a picture of the store; a width asks for a narrower one."""
    ending = "png" if kind == "image/png" else "jpg"
    narrower = f"-{width}" if width else ""
    return f"/anh/{sha256}{narrower}.{ending}"
