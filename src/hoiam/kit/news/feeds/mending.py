"""Entries in a lost charset: TCVN3, VNI or doubled UTF-8 turned to Unicode, or flagged."""

from hoiam.kit.news import sentences
from hoiam.kit.news.values import Entry
from hoiam.kit.vietnamese import repair

# windows-1252 has letters where Unicode has controls; who wrote the control meant the letter.
_CONTROLS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}


def mended(entries: list[Entry], uncommon: set[int]) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries with their letters as they were meant, and the steps that were taken.

    Args:
        entries: of one feed.
        uncommon: the places of those that hold letters common Vietnamese text does not.

    Only such letters raise a doubt, so an honest feed passes at once. An entry whose letters cannot be got back keeps
    them and says so.
    """
    # A question mark inside a headline may stand for a lost letter ("C?ng hòa").
    places = [n for n, one in enumerate(entries) if "?" in one.title[:-1] or n in uncommon]
    if not places:
        return entries, ()
    told = [f"{entries[n].title}\n{entries[n].summary}\n{entries[n].author}" for n in places]
    # Judged together: a short headline alone gives too little to be sure of.
    fixed = repair("\n".join(told).translate(_CONTROLS))
    lines = fixed.text.split("\n")
    mended_entries = list(entries)
    for number, place in enumerate(places):
        mended_entries[place] = _mended(entries[place], lines[3 * number : 3 * number + 3])
    return mended_entries, fixed.steps


def _mended(entry: Entry, lines: list[str]) -> Entry:
    checked = repair("\n".join(lines))
    title, summary, author = lines
    problems = (*entry.problems, sentences.LOST_LETTERS) if checked.problem else entry.problems
    return entry._replace(title=title, summary=summary, author=author, problems=problems)
