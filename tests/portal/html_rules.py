"""What the HTML standard asks of a page and a browser would silently mend: nesting, closing, ids, labels, alternatives."""

from collections import Counter
from html.parser import HTMLParser

import html5lib

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # fmt: skip
# Elements whose end may be left out are closed on our pages all the same.
BLOCKS = {
    *(["address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"]),
    *(["main", "nav", "ol", "p", "pre", "section", "table", "ul"]),
}  # fmt: skip
PHRASES = {"p", "span", "b", "i", "em", "strong", "small", "a", "button", "label", "h1", "h2", "h3", "h4", "summary", "dt", "caption"}  # fmt: skip
ONLY_IN = {
    "li": {"ul", "ol", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"thead", "tbody", "tfoot", "table"},
    "td": {"tr"}, "th": {"tr"}, "thead": {"table"}, "tbody": {"table"}, "caption": {"table"}, "option": {"select", "optgroup"},
    "figcaption": {"figure"}, "legend": {"fieldset"}, "summary": {"details"}, "main": {"div", "body"},
}  # fmt: skip
ONLY_HOLDS = {
    "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "table": {"caption", "thead", "tbody", "tfoot", "tr"},
    "tr": {"td", "th"}, "thead": {"tr"}, "tbody": {"tr"}, "select": {"option", "optgroup"},
}  # fmt: skip
INTERACTIVE = {"a", "button", "select", "textarea", "label", "input"}


class Page(HTMLParser):
    """Reads one page and collects what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: Counter[str] = Counter()
        self.points_at: list[tuple[str, str]] = []
        self.fields: list[dict[str, str | None]] = []
        self.labelled: set[str] = set()
        self.headings: list[int] = []
        self.names: Counter[str] = Counter()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        place = f"<{tag}> in {'/'.join(self.open[-4:])}"
        if len(given) != len(attrs):
            self.wrong.append(f"{place}: the same attribute twice")
        self._nesting(tag, place)
        self._attributes(tag, given, place)
        self.names[tag] += 1
        if tag not in VOID:
            self.open.append(tag)

    def _nesting(self, tag, place):
        parent = self.open[-1] if self.open else ""
        headed = parent == "summary" and tag.startswith("h")
        if tag in BLOCKS and parent in PHRASES - {"a"} and not headed:
            self.wrong.append(f"{place}: a block inside a phrase")
        if tag in ONLY_IN and parent not in ONLY_IN[tag]:
            self.wrong.append(f"{place}: not allowed there")
        if parent in ONLY_HOLDS and tag not in ONLY_HOLDS[parent]:
            self.wrong.append(f"{place}: not allowed in {parent}")
        if tag in {"a", "button", "form", "main"} and tag in self.open:
            self.wrong.append(f"{place}: inside another of its kind")
        if tag in INTERACTIVE - {"input"} and ("a" in self.open or "button" in self.open):
            self.wrong.append(f"{place}: something to press inside something to press")

    def _attributes(self, tag, given, place):
        if "id" in given:
            self.ids[given["id"]] += 1
        for name in ("for", "aria-labelledby", "aria-describedby", "list", "form"):
            self.points_at += [(place, each) for each in (given.get(name) or "").split()]
        if tag == "img" and ("alt" not in given or not given.get("width") or not given.get("height")):  # fmt: skip
            self.wrong.append(f"{place}: a picture without words or size")
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"])
        if tag in {"input", "select", "textarea"} and given.get("type") not in {"hidden", "submit"}:
            self.fields.append(given | {"_in_label": "1" if "label" in self.open else None})
        if tag == "html" and given.get("lang") != "vi":
            self.wrong.append("no language")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "a" and not given.get("href"):
            self.wrong.append(f"{place}: a link to nowhere")
        if tag == "button" and "form" not in self.open and given.get("type") != "button":
            self.wrong.append(f"{place}: a button that sends no form")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {'/'.join(self.open[-3:])}")
            while self.open and self.open[-1] != tag:
                self.open.pop()
        if self.open:
            self.open.pop()


def faults(text: str) -> list[str]:
    """What is wrong with a page; nothing when it is as the standard asks."""
    page = Page()
    page.feed(text)
    wrong = [*page.wrong, *parse_errors(text)]
    wrong += [f"{tag} left open" for tag in page.open]
    wrong += [f"id {key} stands {n} times" for key, n in page.ids.items() if n > 1]
    wrong += [f"{place} points at {key}, which is not there" for place, key in page.points_at if key not in page.ids]  # fmt: skip
    for field in page.fields:
        told = field.get("aria-label") or field.get("_in_label") or field.get("id") in page.labelled
        if not told:
            wrong.append(f"field {field.get('name')} has no label")
    if page.headings.count(1) != 1:
        wrong.append(f"{page.headings.count(1)} headings of the first rank")
    wrong += [f"heading {b} after {a}" for a, b in zip(page.headings, page.headings[1:], strict=False) if b > a + 1]  # fmt: skip
    wrong += [f"{page.names[tag]} {tag}" for tag in ("title", "main", "html", "body") if page.names[tag] != 1]  # fmt: skip
    if not text.startswith("<!doctype html>"):
        wrong.append("no doctype")
    return wrong


def parse_errors(text: str) -> list[str]:
    """The parse errors of the standard's own algorithm, as html5lib counts them; what a browser would mend and not say."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [f"line {place[0]}, column {place[1]}: {name} {given}" for place, name, given in parser.errors]  # fmt: skip
