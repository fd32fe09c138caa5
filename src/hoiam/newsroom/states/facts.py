"""What only some kinds of article have: its name in `Article.extra`, and what readers see before it."""

FACTS = (
    ("number", "Số, ký hiệu"),
    ("dated", "Ngày ban hành"),
    ("issuer", "Cơ quan ban hành"),
    ("signer", "Người ký"),
    ("signer_title", "Chức vụ"),
    ("in_force", "Có hiệu lực từ"),
    ("position", "Chức danh"),
    ("fields", "Lĩnh vực"),
    ("spokesperson", "Người phát ngôn"),
    ("law_version", "Theo văn bản"),
)
