"""Which of Wagtail's views exist in this workbench; at the address of every other one nothing stands.

Left out on purpose: publishing and unpublishing (reviews and the three acts take their place), the API, users, groups, sites,
privacy, workflows, folders' settings, usage of pages across agencies, tags, and everything that makes pages by itself.
"""

_PAGES = (
    *("add", "preview_on_add", "edit", "preview_on_edit", "view_draft", "add_subpage"),
    *("delete", "search", "search_results", "move", "move_confirm", "copy", "lock", "unlock"),
    *("revisions_index", "revisions_view", "revisions_revert", "revisions_compare"),
    *("history", "history_results"),
)
_REPORTS = (
    *("locked_pages", "locked_pages_results", "site_history", "site_history_results"),
    *("aging_pages", "aging_pages_results"),
)
_FILES = ("index", "index_results", "add", "edit", "delete", "add_multiple", "edit_multiple", "delete_multiple")  # fmt: skip
_CHOOSING = ("choose", "choose_results", "chosen", "chosen_multiple", "create")
_OWN = (
    *("reviews", "send", "convert", "decide", "drop", "published", "act", "material", "write"),
    *("sections", "section", "section-new", "picture", "file", "rendition"),
)
OPEN = frozenset(
    {
        *(f"wagtailadmin_pages:{name}" for name in _PAGES),
        *(f"wagtailadmin_reports:{name}" for name in _REPORTS),
        *(f"{app}:{name}" for app in ("wagtailimages", "wagtaildocs") for name in _FILES),
        *(f"{app}_chooser:{name}" for app in ("wagtailimages", "wagtaildocs") for name in _CHOOSING),
        *(f"workbench-{name}" for name in _OWN),
        "wagtailimages:preview",
        "wagtailadmin_home",
        "wagtailadmin_explore_root",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_dismissibles",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_account",
        "wagtailadmin_logout",
        "wagtaildocs_serve",
    }
)  # fmt: skip
# What may be done with several at once.
BULK = frozenset(
    {
        ("page", "delete"),
        ("page", "move"),
        ("image", "add_to_collection"),
        ("image", "delete"),
        ("document", "add_to_collection"),
        ("document", "delete"),
    }
)
# Names under which an address holds the key of a page.
PAGE_KEYS = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id"})
