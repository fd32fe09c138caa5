"""The Vietnamese catalogue of Wagtail's admin: what is missing, and the compiled file that Django reads.

    python tools/catalogue.py missing    what editors may meet and is in nobody's Vietnamese, as empty entries
    python tools/catalogue.py compile    write each django.mo and djangojs.mo anew from its .po

No gettext is needed on anybody's machine: the compiled files are kept beside their sources.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import wagtail

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "src" / "hoiam" / "workbench" / "locale" / "vi" / "LC_MESSAGES"
WAGTAIL = Path(wagtail.__file__).parent
APPS = (".", "admin", "images", "documents", "search", "users")
# Pages that do not exist in the workbench (open_views.py); what only they say is not asked for.
UNUSED = re.compile(
    r"/(workflows?|collections?|password_reset|users|groups|api|privacy|sites|account|login|snippets|management|"
    r"test|tests|testapp|migrations|userbar|notifications)\b|view_restrictions|^users/|/account|userbar|/mail\.py|"
    r"page_privacy|collection_privacy|upgrade|whats_new|models/(sites|locales|view_restrictions)|/api_tokens"
)
# Subjects that this workbench does not have, wherever the sentence stands.
UNKNOWN_HERE = re.compile(
    r"workflow|moderat|\balias|API|snippet|superuser|view restriction|translat|\btasks?\b|\bsites?\b|locale|redirect|"
    r"\busers? (selected|on|in)|unpublish|[Ss]chedul|publishing|password|\bgroups?\b|OEmbed|embed|generate|Rendition|"
    r"frontend cache|routable|sitemap|Wagtail (users|search|core|admin|images|documents|locales)|frontend|"
    r"go live|usage|privacy|[Pp]rivate|approved|Approved|resubmit|tag\(s\)|index entr|search engine|dark|density|contrast|"
    r"(Collection|Image|Document)( management)? permission|Add an? (collection|image|document) permission",
)


@dataclass
class Entry:
    """One message: its context, singular and plural, what it is in Vietnamese, where it is said."""

    text: str
    context: str | None = None
    plural: str | None = None
    said: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells it from others."""
        return self.context, self.text


def read(path: Path) -> Iterator[Entry]:
    """The messages of a .po file, its header left out."""
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        found = _entry(block)
        if found is not None and found.text:
            yield found


def _entry(block: str) -> Entry | None:
    values: dict[str, str] = {}
    places: list[str] = []
    name = ""
    for line in block.splitlines():
        if line.startswith("#:"):
            places += line[2:].split()
        elif line.startswith("#"):
            continue
        elif line.startswith('"'):
            values[name] += ast.literal_eval(line)
        elif line.strip():
            name, _, quoted = line.partition(" ")
            values[name] = ast.literal_eval(quoted)
    if "msgid" not in values:
        return None
    said = [value for name, value in sorted(values.items()) if name.startswith("msgstr")]
    return Entry(values["msgid"], values.get("msgctxt"), values.get("msgid_plural"), said, places)


def missing(domain: str) -> list[Entry]:
    """Messages of Wagtail's English source that neither Wagtail nor we have in Vietnamese."""
    known = (
        {e.key for e in read(OURS / f"{domain}.po")} if (OURS / f"{domain}.po").exists() else set()
    )
    wanted: dict[tuple[str | None, str], Entry] = {}
    for app in APPS:
        folder = WAGTAIL / app / "locale"
        source = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
        if not source.exists():
            continue
        theirs = folder / "vi" / "LC_MESSAGES" / f"{domain}.po"
        if theirs.exists():
            known |= {e.key for e in read(theirs) if all(e.said)}
        for entry in read(source):
            used = [place for place in entry.places if not UNUSED.search(f"{app}/{place}")]
            if used and not UNKNOWN_HERE.search(entry.text):
                wanted.setdefault(entry.key, entry)
    return [entry for key, entry in wanted.items() if key not in known]


def compiled(entries: list[Entry]) -> bytes:
    """The .mo file of these messages, as GNU gettext lays it out."""
    head = (
        "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        "Language: vi\nPlural-Forms: nplurals=1; plural=0;\n"
    )
    pairs = {b"": head.encode()}
    for entry in entries:
        key = entry.text + ("\0" + entry.plural if entry.plural else "")
        if entry.context is not None:
            key = f"{entry.context}\x04{key}"
        pairs[key.encode()] = "\0".join(entry.said).encode()
    keys = sorted(pairs)
    count, at = len(keys), 28
    table, texts = [], b""
    start = at + 16 * count
    for group in (keys, [pairs[key] for key in keys]):
        for text in group:
            table.append(struct.pack("<II", len(text), start + len(texts)))
            texts += text + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, at, at + 8 * count, 0, start)
    return header + b"".join(table) + texts


def main(words: list[str]) -> int:
    """The exit code: 1 when something is missing."""
    if words == ["compile"]:
        for source in sorted(OURS.glob("*.po")):
            source.with_suffix(".mo").write_bytes(compiled(list(read(source))))
        return 0
    found = [entry for domain in ("django", "djangojs") for entry in missing(domain)]
    for entry in found:
        print(f"{entry.context or ''}|{entry.text!r}|{entry.plural or ''}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
