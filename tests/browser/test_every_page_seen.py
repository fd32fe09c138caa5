"""Every main page as people see it: wide and narrow, light and dark, within its frame, reachable by all."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looks import SEES_ALL, amiss
from tests.browser.people import sign_in

COMMON = [
    "",
    "watch/",
    "watch/clip/",
    "cases/",
    "cases/new/",
    "papers/",
    "enquiries/",
    "enquiries/new/",
    "letters/",
    "letters/new/",
    "letters/boxes/",
    "legal-questions/",
    "legal-questions/new/",
    "conferences/",
    "conferences/new/",
    "briefings/",
    "accreditations/",
    "papers/register/",
    "outlet-watch/",
    "overview/",
    "indicators/",
    "lateness/",
    "explanations/",
    "schemes/",
    "schemes/new/",
    "schemes/campaign/",
    "papers-in/",
    "papers-in/new/",
    "tasks/",
    "tasks/difficulties/",
    "matrix/",
    "rounds/",
    "rounds/?tab=closed",
    "rounds/new/",
    "rounds/scores/",
    "rounds/scores/rules/",
    "digests/",
    "digests/?loai=outlook",
    "agencies/",
    "press/",
    "spokespersons/",
    "authorisations/",
    "duties/",
    "supply-plans/",
    "sources/",
    "rules/",
    "rules/PN-01/",
    "calendar/",
    "me/calendar/",
    "agreements/",
    "agreements/new/",
    "distribution/",
    "distribution/?tab=gui",
    "distribution/new/",
    "distribution/lists/",
    "distribution/lists/new/",
    "distribution/attention/",
    "distribution/prints/",
    "distribution/prints/?theo=thang",
    "training/",
    "training/?tab=never",
    "training/?tab=units",
    "training/new/",
    "training/needs/",
    "contributions/",
    "contributions/new/",
    "contributors/",
    "experts/",
    "experts/new/",
    "rewards/",
    "rewards/new/",
    "budget/",
    "themes/",
    "social/",
    "social/new/",
    "social/queue/",
    "social/archive/",
    "social/inbox/?tab=all",
    "social/inbox/file/",
    "social/accounts/",
    "portal/",
    "search/?q=thi hanh an",
    "writing/",
    "writers/",
    "pieces/",
    "commissions/",
    "fact-checks/",
]
# One story, case, paper, synthesis and outlook stand for the others; their numbers are found on the lists.
FIRST_LINKS = {
    "watch/": "/desk/stories/",
    "cases/": "/desk/cases/",
    "papers/": "/desk/papers/",
    "lateness/": "/desk/lateness/",
    "tasks/": "/desk/tasks/parts/",
    "matrix/?xem=nhiem-vu": "/desk/tasks/",
    "matrix/": "/desk/tasks/units/",
    "enquiries/?tab=all": "/desk/enquiries/",
    "letters/?tab=all": "/desk/letters/",
    "legal-questions/?tab=all": "/desk/legal-questions/",
    "conferences/?tab=held": "/desk/conferences/",
    "accreditations/": "/desk/accreditations/",
    "spokespersons/": "/desk/spokespersons/",
    "authorisations/": "/desk/authorisations/",
    "duties/": "/desk/duties/",
    "supply-plans/": "/desk/supply-plans/",
    "schemes/": "/desk/schemes/",
    "papers-in/": "/desk/papers-in/",
    "outlet-watch/?tab=all": "/desk/outlet-watch/",
    "rounds/": "/desk/rounds/",
    "rounds/?tab=closed": "/desk/rounds/",
    "agreements/": "/desk/agreements/",
    "distribution/?tab=gui": "/desk/distribution/",
    "distribution/lists/": "/desk/distribution/lists/",
    "distribution/prints/": "/desk/distribution/prints/",
    "training/?tab=held": "/desk/training/",
    "training/plans/": "/desk/training/plans/",
    "contributions/": "/desk/contributions/",
    "experts/": "/desk/experts/",
    "rewards/": "/desk/rewards/",
    "budget/": "/desk/budget/",
    "fact-checks/": "/desk/fact-checks/",
    "themes/": "/desk/themes/",
    "social/?tab=approved": "/desk/social/posts/",
    "social/queue/": "/desk/social/acts/",
    "social/inbox/?tab=all": "/desk/social/messages/",
    "social/accounts/": "/desk/social/accounts/",
    "digests/?loai=week": "/desk/digests/week/",
    "digests/?loai=outlook": "/desk/digests/outlook/",
}
# The centre sees these of the whole System.
FOR_THE_CENTRE = [
    "",
    "watch/",
    "overview/",
    "indicators/",
    "lateness/",
    "schemes/",
    "matrix/",
    "rounds/",
    "spokespersons/",
    "papers/",
]
# The demonstration's rounds: the first is the centre's and open, the second the province's, closed and put together.
ROUND_PAGES = [
    "rounds/2/synthesis/", "rounds/2/synthesis/parts/3/", "rounds/reports/1/", "rounds/reports/1/fill/",
    "rounds/reports/3/", "rounds/reports/3/versions/1/", "rounds/2/sections/", "rounds/2/units/",
]  # fmt: skip
# What only some open, or what looks best where it has rows.
MORE = {
    "dau-moi": [
        "notices/",
        "me/notices/",
        "distribution/articles/1/",
        "distribution/receivers/1/",
        "distribution/lists/1/add/",
        "cases/1/evidence/",
        "captures/1/",
        "evidence/1/",
        "schemes/2/",
        "papers-in/1/head/",
        "papers-in/1/tasks/0/",
        *ROUND_PAGES,
    ],
    "trung-uong": ["notices/", "second-looks/", "lexicon/", "lexicon/history/"],
    "quan-tri": [
        "sources/find/",
        "sources/list/",
        "sources/new/?loai=listing",
        "lexicon/",
        "lexicon/add/",
        "lexicon/row/thi-hanh-an/",
    ],
}

# Every page is framed once wide and once narrow, once light and once dark; axe reads every second one in one of the two, turn
# by turn, as pages share their parts, and with HOIAM_LOOKS=all every one in both. The other roles see what only they have.
SEEN_BY = {
    "dau-moi": (COMMON, FIRST_LINKS, ((1360, "light"), (360, "dark"))),
    "trung-uong": (FOR_THE_CENTRE, {}, ((1360, "dark"), (360, "light"))),
    "quan-tri": ([], {}, ((1360, "light"), (360, "dark"))),
}


@pytest.mark.parametrize("username", SEEN_BY)
def test_pages_keep_their_frame_load_nothing_and_pass_axe(
    browser: Browser, house: str, username: str
) -> None:
    page = sign_in(browser, house, username)
    outside: list[str] = []
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((house, "data:")) else outside.append(asked.url),
    )
    common, lists, looks = SEEN_BY[username]
    wrong = []
    paths = list(dict.fromkeys([*common, *MORE[username], *lists]))
    for place, path in enumerate(paths):  # each list adds the page of its first row
        answer = page.goto(f"{house}/desk/{path}")
        assert answer is not None and answer.status == 200, path
        if path in lists:
            paths += _first_row(page, lists[path])
        for look, (width, scheme) in enumerate(looks):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            faults = _frame_faults(page) + (amiss(page) if _reads(look, place) else [])
            wrong += [(path, width, scheme, fault) for fault in faults]
    assert (wrong, outside) == ([], [])


def _reads(look: int, place: int) -> bool:
    """Whether axe reads the page at this place in this look: before a landing in both, else every second page in one."""
    return SEES_ALL or (look == place // 2 % 2 and place % 2 == 0)


def _first_row(page: Page, prefix: str) -> list[str]:
    """The address of the first row that stands on this list, or nothing where it is empty."""
    links = page.locator(f"main a[href^='{prefix}']")
    hrefs = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    numbered = [href for href in hrefs if href.removeprefix(prefix)[:1].isdigit()]
    return [href.removeprefix("/desk/") for href in numbered[:1]]


def _frame_faults(page: Page) -> list[str]:
    runs = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    return ["runs sideways"] if runs else []
