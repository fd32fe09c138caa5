"""How a page names a field that is wrong in the list on top of a form."""

LACKING = "Còn thiếu: "


def under_name(label: str, message: str) -> str:
    """The message after the name of its field; alone when it begins by naming the field, so that nothing is read twice.

    >>> under_name("Trả lời", "Còn thiếu: trả lời.")
    'Còn thiếu: trả lời.'
    >>> under_name("Hạn trả lời", "Nhập ngày dạng dd/mm/yyyy.")
    'Hạn trả lời: Nhập ngày dạng dd/mm/yyyy.'
    """
    opening = message.removeprefix(LACKING)[: len(label)]
    return message if label and opening.casefold() == label.casefold() else f"{label}: {message}"
