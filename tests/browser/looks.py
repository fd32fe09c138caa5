"""What axe and the frame say of the page that stands open: once in full, then what a look can change in every look."""

import os

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Width and ground. 640 is what a window of 1,280 has left at 200 %; 320 is the narrowest page that must not run sideways.
LOOKS = ((320, "light"), (320, "dark"), (640, "light"), (640, "dark"))
# Before a landing every page is seen in every look; in each run in one of them, turn by turn, as pages share their parts.
SEES_ALL = os.environ.get("HOIAM_LOOKS") == "all"
# The rules of axe that ask for colours or sizes; what all others read is the same in every look.
BY_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "meta-viewport"]  # fmt: skip

# Colours halfway between two grounds are nobody's: what moves is brought to its end.
SETTLE = (
    "document.getAnimations().forEach(each => { try { each.finish() } catch { each.cancel() } })"
)

# The page itself, and whatever is read or typed in its main part: a part that hides what sticks out would keep it from everybody.
BEYOND = """() => {
  if (document.documentElement.scrollWidth > innerWidth + 1) { return 'the page'; }
  const hides = each => each && each !== document.body && (/auto|scroll/.test(getComputedStyle(each).overflowX) || getComputedStyle(each).clipPath !== 'none' || each.matches('aside, header, [hidden]') || hides(each.parentElement));
  const sticks = each => { const at = each.getBoundingClientRect(); return at.width > 1 && at.left < innerWidth && at.right > innerWidth + 1; };
  const found = [...document.querySelectorAll('main :is(td, th, p, li, h1, h2, h3, label, textarea, select, img)')].find(each => sticks(each) && !hides(each));
  return found ? found.outerHTML.slice(0, 120) : '';
}"""


def faults(page: Page, looks=LOOKS) -> list[tuple]:
    """(width, ground, fault) for every look; the first is read by all rules, the others by those that colours and sizes change."""
    found = []
    for at, (width, ground) in enumerate(looks):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=ground)
        page.evaluate(SETTLE)
        if beyond := runs_sideways(page):
            found.append((width, ground, f"runs sideways: {beyond}"))
        told = amiss(page) if at == 0 else amiss(page, BY_LOOK)
        found += [(width, ground, each) for each in told]
    return found


def turn(looks: tuple, place: int) -> tuple:
    """The looks in which the page at this place of a list is seen in this run."""
    return looks if SEES_ALL else (looks[place % len(looks)],)


def runs_sideways(page: Page) -> str:
    """What a reader would have to push the page from side to side for, or cannot reach at all; empty when all is in sight."""
    return page.evaluate(BEYOND)


def amiss(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page as it stands: by all rules, or by these."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    # Our pages have no frames within and no style sheets that a rule of ours would have to fetch.
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False, "iframes": False}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)  # fmt: skip
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for each in violations
        for node in each["nodes"]
    ]
