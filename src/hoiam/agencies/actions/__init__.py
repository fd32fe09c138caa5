"""Writing the register, people and press lists."""

from hoiam.agencies.actions.accounts import end_account, save_account
from hoiam.agencies.actions.files import SentFile
from hoiam.agencies.actions.letterhead import save_letterhead
from hoiam.agencies.actions.people import (
    change_official,
    create_official,
    end_post,
    give_post,
    set_password,
)
from hoiam.agencies.actions.press import load_press, press_rows, save_press_agency, save_reporter
from hoiam.agencies.actions.publications import (
    check_own_list,
    check_publication,
    record_publication,
)
from hoiam.agencies.actions.register import import_agencies, load_register, take_import
from hoiam.agencies.actions.spokespersons import (
    appoint_spokesperson,
    change_card,
    end_spokesperson,
    list_spokesperson,
)

__all__ = [
    "SentFile",
    "appoint_spokesperson",
    "change_card",
    "change_official",
    "check_own_list",
    "check_publication",
    "create_official",
    "end_account",
    "end_post",
    "end_spokesperson",
    "give_post",
    "import_agencies",
    "list_spokesperson",
    "load_press",
    "load_register",
    "press_rows",
    "record_publication",
    "save_account",
    "save_letterhead",
    "save_press_agency",
    "save_reporter",
    "set_password",
    "take_import",
]
