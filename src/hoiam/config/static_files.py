"""Static files under names that carry their content once `hoiam setup` gathered them, plain names before."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HouseStatic(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also answers before the first set-up (tests, a fresh clone)."""

    manifest_strict = False

    def stored_name(self, name: str) -> Any:
        """The gathered name, or the plain one when nothing was gathered under it."""
        known = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return super().stored_name(name) if known else name
