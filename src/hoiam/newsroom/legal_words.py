"""Legal words in plain language, from `data/legal_words.yaml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from hoiam.kit.vietnamese import fold, nfc


@dataclass(frozen=True)
class LegalWord:
    """One word: how it is written, what it means, words near it, where the law speaks of it (empty: not looked up yet)."""

    word: str
    meaning: str
    near: tuple[str, ...]
    source: str

    @property
    def folded(self) -> str:
        """What a search looks into."""
        return fold(f"{self.word} {self.meaning}")


@cache
def legal_words() -> tuple[LegalWord, ...]:
    """All of them in Vietnamese order without marks."""
    text = (files("hoiam.newsroom") / "data" / "legal_words.yaml").read_text("utf-8")
    rows = [
        LegalWord(
            nfc(row["word"]),
            nfc(row["means"]),
            tuple(map(nfc, row.get("near", ()))),
            nfc(row.get("source", "")),
        )
        for row in yaml.safe_load(text)
    ]
    return tuple(sorted(rows, key=lambda row: fold(row.word)))
