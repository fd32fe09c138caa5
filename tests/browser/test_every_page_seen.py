"""Every main page as people see it: wide and narrow, light and dark, within its frame, reachable by all."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

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
    "search/?q=thi hanh an",
]
# One story, case, paper, synthesis and outlook stand for the others; their numbers are found on the lists.
FIRST_LINKS = {
    "watch/": "/desk/stories/",
    "cases/": "/desk/cases/",
    "papers/": "/desk/papers/",
    "lateness/": "/desk/lateness/",
    "enquiries/?tab=all": "/desk/enquiries/",
    "conferences/?tab=held": "/desk/conferences/",
    "accreditations/": "/desk/accreditations/",
    "spokespersons/": "/desk/spokespersons/",
    "authorisations/": "/desk/authorisations/",
    "duties/": "/desk/duties/",
    "supply-plans/": "/desk/supply-plans/",
    "outlet-watch/?tab=all": "/desk/outlet-watch/",
    "digests/?loai=week": "/desk/digests/week/",
    "digests/?loai=outlook": "/desk/digests/outlook/",
}
# What only some open, or what looks best where it has rows.
MORE = {
    "dau-moi": ["notices/", "me/notices/", "cases/1/evidence/", "captures/1/", "evidence/1/"],
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
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(
    ("username", "schemes"),
    [("dau-moi", ["light", "dark"]), ("trung-uong", ["dark"]), ("quan-tri", ["light"])],
)
def test_pages_keep_their_frame_load_nothing_and_pass_axe(
    browser: Browser, house: str, username: str, schemes: list[str]
) -> None:
    page = sign_in(browser, house, username)
    outside: list[str] = []
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((house, "data:")) else outside.append(asked.url),
    )
    wrong = []
    for path in [*COMMON, *MORE[username], *_first_of_each_list(page, house)]:
        for width in (1360, 360):
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(f"{house}/desk/{path}")
            assert answer is not None and answer.status == 200, path
            for scheme in schemes:
                page.emulate_media(color_scheme=scheme)
                wrong += [(path, width, scheme, fault) for fault in _faults(page)]
    assert (wrong, outside) == ([], [])


def _first_of_each_list(page: Page, house: str) -> list[str]:
    found = []
    for path, prefix in FIRST_LINKS.items():
        page.goto(f"{house}/desk/{path}")
        links = page.locator(f"main a[href^='{prefix}']")
        hrefs = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        numbered = [href for href in hrefs if href.removeprefix(prefix)[:1].isdigit()]
        found += [href.removeprefix("/desk/") for href in numbered[:1]]
    return found


def _faults(page: Page) -> list[str]:
    faults = []
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        faults.append("runs sideways")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return faults + [_told(each) for each in found]


def _told(violation: dict) -> str:
    first = violation["nodes"][0]
    return f"{violation['id']}: {first['html'][:120]} {first['failureSummary']}"
