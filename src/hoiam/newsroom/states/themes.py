"""The five core themes that articles and campaigns belong to.

Source: Quyết định 2862/QĐ-BTP, III.1.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One theme (chủ đề trọng tâm): its number in the Scheme, a short name for menus, and the whole of it."""

    number: int
    short: str
    whole: str


THEMES = (
    Theme(
        1,
        "Chủ trương, chính sách",
        "Chủ trương, đường lối, chính sách pháp luật về thi hành án dân sự; mục đích, ý nghĩa của công tác thi hành án dân sự",
    ),
    Theme(
        2,
        "Ý thức chấp hành",
        "Nâng cao ý thức chấp hành pháp luật; phê phán chây ỳ, trốn tránh nghĩa vụ thi hành án",
    ),
    Theme(
        3,
        "Nỗ lực phục vụ",
        "Nỗ lực của cơ quan, công chức thi hành án dân sự: một cửa, hỗ trợ trực tuyến, bưu chính công ích",
    ),
    Theme(
        4,
        "Khó khăn, vướng mắc",
        "Khó khăn, vướng mắc khách quan kéo dài thời gian thi hành án, cần phối hợp, hỗ trợ",
    ),
    Theme(5, "Cách làm hay", "Kinh nghiệm hay, giải pháp đột phá để nhân rộng"),
)
BY_NUMBER = {theme.number: theme for theme in THEMES}
