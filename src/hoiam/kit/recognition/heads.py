"""What an agency's name begins with, and the kinds of places behind it: patterns the grammar composes."""

from typing import Final

from .places import CITY
from .source import OFFICE_T

_T: Final = OFFICE_T
HEADS: Final = (
    ("centre_old", r"tổng\s+cục(?:\s+trưởng)?(?:\s+quản\s+lý)?\s+"),
    ("centre_old", rf"tc(?=thads|{_T}ha)"),
    ("centre", r"cục(?:\s+trưởng)?\s+(?:quản\s+lý\s+|ql\s*)"),
    # What the Tổng cục was before 11/2009; only the ministry beside it tells it from a province's.
    (
        "centre",
        rf"cục(?:\s+trưởng)?\s+(?=(?:thi\s+hành\s+án|{_T}ha)(?:\s+dân\s+sự)?\s*(?:[(,–-]\s*|thuộc\s+|của\s+)bộ\s+tư\s+pháp)",
    ),
    ("private", r"văn\s+phòng\s+"),
    ("district", r"chi\s+cục(?:\s+trưởng)?\s+"),
    ("district", rf"cc(?=thads|{_T}ha)\s*"),
    ("province", r"cục(?:\s+trưởng)?\s+"),
    ("province", rf"c(?=thads|{_T}ha)\s*"),
    ("team", r"đội(?:\s+trưởng)?\s+"),
    ("room", r"(?:trưởng\s+)?phòng\s+"),
    ("generic", r"(?:cơ\s+quan|đơn\s+vị|ngành)\s+"),
)
KINDS: Final = (
    ("tỉnh", r"(?:tỉnh\s+|t\.\s*(?![px]\b))"),
    (CITY, r"(?:thành\s+phố\s+|t\.?\s?p\.?\s*)"),
    ("huyện", r"(?:huyện(?:\s+đảo)?\s+|h\.\s*)"),
    ("quận", r"(?:quận\s+|q\.\s*|q\s*(?=\d))"),
    ("thị xã", r"(?:thị\s+xã\s+|t\.?x\.?\s*)"),
)
