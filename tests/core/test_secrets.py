"""Keys of outside services at rest."""

import pytest

from hoiam.core import secrets
from hoiam.core.secrets import SecretLost


def test_what_lies_in_the_database_does_not_show_the_key():
    kept = secrets.sealed("EAAG-khóa-thật")
    assert "EAAG" not in kept
    assert secrets.opened(kept) == "EAAG-khóa-thật"
    assert secrets.sealed("EAAG-khóa-thật") != kept


def test_blank_stays_blank():
    assert (secrets.sealed(""), secrets.opened("")) == ("", "")


def test_an_older_key_still_opens_and_resealing_brings_it_under_the_newest(settings):
    settings.SECRET_KEY = "khóa cũ"
    kept = secrets.sealed("mã")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "khóa mới", ["khóa cũ"]
    renewed = secrets.resealed(kept)
    settings.SECRET_KEY_FALLBACKS = []
    assert secrets.opened(renewed) == "mã"
    with pytest.raises(SecretLost, match="nhập lại khóa"):
        secrets.opened(kept)


def test_an_altered_secret_is_told_and_not_guessed():
    kept = secrets.sealed("mã")
    with pytest.raises(SecretLost):
        secrets.opened(kept[:-6] + "AAAAA=")
