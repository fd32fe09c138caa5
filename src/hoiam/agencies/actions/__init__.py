"""Writing the register, people and press lists."""

from hoiam.agencies.actions.letterhead import save_letterhead
from hoiam.agencies.actions.people import (
    change_official,
    create_official,
    end_post,
    give_post,
    set_password,
)
from hoiam.agencies.actions.press import load_press, save_press_agency, save_reporter
from hoiam.agencies.actions.register import import_agencies, load_register, take_import

__all__ = [
    "change_official",
    "create_official",
    "end_post",
    "give_post",
    "import_agencies",
    "load_press",
    "load_register",
    "save_letterhead",
    "save_press_agency",
    "save_reporter",
    "set_password",
    "take_import",
]
