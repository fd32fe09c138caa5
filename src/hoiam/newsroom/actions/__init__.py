"""What is done in the room, one verb a function."""

from hoiam.newsroom.actions.articles import (
    Author,
    Picture,
    Snapshot,
    address_of,
    correct_article,
    expire_article,
    publish_article,
    take_down_article,
    withdraw_article,
)
from hoiam.newsroom.actions.submission_texts import Text
from hoiam.newsroom.actions.submissions import (
    accept_submission,
    begin_submission,
    convert_font,
    decline_submission,
    make_page_of,
    print_elsewhere,
    return_submission,
    send_submission,
    tie_to_article,
    withdraw_submission,
    write_submission,
)

__all__ = [
    "Author",
    "Picture",
    "Snapshot",
    "Text",
    "accept_submission",
    "address_of",
    "begin_submission",
    "convert_font",
    "correct_article",
    "decline_submission",
    "expire_article",
    "make_page_of",
    "print_elsewhere",
    "publish_article",
    "return_submission",
    "send_submission",
    "take_down_article",
    "tie_to_article",
    "withdraw_article",
    "withdraw_submission",
    "write_submission",
]
