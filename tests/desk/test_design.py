"""What the whole design keeps: weights, the content policy, one sheet, contrast, pages without context."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest
from django.template import Context, Engine

import hoiam.desk
from hoiam.desk.charts import tiles

ROOM = Path(hoiam.desk.__file__).parent
STATIC = ROOM / "static" / "desk"
PAGES = sorted((ROOM / "templates").rglob("*.html"))

ENGINE = Engine(
    dirs=[str(ROOM / "templates")],
    libraries={
        "desk": "hoiam.desk.templatetags.desk",
        "static": "django.templatetags.static",
        "django_htmx": "django_htmx.templatetags.django_htmx",
    },
)


def visible(html):
    """The words of a piece of HTML, tags left out, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_tiles_give_every_province_its_own_square():
    places = {(tile.col, tile.row) for tile in tiles()}
    assert len(places) == len({tile.code for tile in tiles()}) == 34
    css = (STATIC / "desk.css").read_text(encoding="utf-8")
    missing = [name for tile in tiles() for name in tile.place.split() if f".{name}{{" not in css]
    assert missing == []


def packed(*paths):
    """The weight a browser fetches, in bytes."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_css_budget():
    assert packed(STATIC / "desk.css") <= 15 * 1024


def test_js_budget_with_htmx():
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    assert packed(STATIC / "desk.js", STATIC / "theme.js") <= 6 * 1024
    assert packed(STATIC / "desk.js", STATIC / "theme.js", htmx) <= 30 * 1024


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOM / "templates")))
def test_pages_carry_no_inline_style_script_or_handler(page):
    text = page.read_text(encoding="utf-8")
    assert (
        re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)", text)
        == []
    )
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', text) == []


def classes_in(text):
    """Class names a template or a tag writes, template tags inside the attribute taken out."""
    for value in re.findall(r'class="((?:\{%.*?%\}|\{\{.*?\}\}|[^"{])*)"', text):
        for name in re.sub(
            r"[\w-]*\{\{.*?\}\}[\w-]*|\{%.*?%\}|[\w-]*\{\}[\w-]*", " ", value
        ).split():
            yield name.strip("{}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOM / "templates")))
def test_every_class_of_a_page_is_in_the_sheet_and_prefixed(page):
    sheet = set(
        re.findall(r"\.((?:ha|is)-[\w-]+)", (STATIC / "desk.css").read_text(encoding="utf-8"))
    )
    used = set(classes_in(page.read_text(encoding="utf-8")))
    assert used - sheet == set()


def test_icons_named_in_pages_are_in_the_sprite():
    names = set(
        re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8"))
    )
    used = {
        name
        for page in PAGES
        for name in re.findall(r'\{% icon "([\w-]+)" %\}', page.read_text(encoding="utf-8"))
    }
    assert used - names == set()


def luminance(colour):
    """Relative luminance of #RRGGBB by the WCAG formula."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tokens():
    """The light and the dark set of colours as the sheet writes them."""
    css = (STATIC / "desk.css").read_text(encoding="utf-8")
    sets = []
    for start in (":root{", "[data-theme=dark]{"):
        block = css[css.index("\n" + start) :].split("}", 1)[0]
        found = dict(re.findall(r"--([\w-]+):(#[0-9A-F]{3,6})", block))
        sets.append(
            {n: v if len(v) == 7 else "#" + "".join(c * 2 for c in v[1:]) for n, v in found.items()}
        )
    return sets


@pytest.mark.parametrize("theme", tokens(), ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "card", "sunken", "pick"])
@pytest.mark.parametrize(
    "words", ["ink", "muted", "accent", "green", "blue", "amber", "red", "grey"]
)
def test_text_contrast(theme, ground, words):
    high, low = sorted((luminance(theme[words]), luminance(theme[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "500.html"])
def test_error_pages_need_no_context(name):
    shown = ENGINE.get_template(name).render(Context({}))
    assert "{" not in visible(shown)
    assert '<h1 class="ha-h1">' in shown


def test_the_frame_renders_for_nobody_and_hides_htmx_styles():
    shown = ENGINE.get_template("desk/base.html").render(Context({}))
    assert '"includeIndicatorStyles":false' in shown and '"allowEval":false' in shown
    assert "Tập huấn" not in shown
