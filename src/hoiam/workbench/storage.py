"""Pictures and files of editors lie in the store of blobs: written once, under the backup's eyes, never overwritten."""

import re
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.urls import reverse
from django.utils.deconstruct import deconstructible

from hoiam.core import blobs

_NAME = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{2,5})?")


@deconstructible
class BlobStorage(Storage):
    """A file's name is the SHA-256 of its bytes and its ending; removing a row removes no bytes."""

    def _open(self, name: str, mode: str = "rb") -> File:
        return ContentFile(blobs.read(name.split(".")[0]), name=name)

    def _save(self, name: str, content: Any) -> str:
        blob = blobs.put_file(content)
        found = re.search(r"\.[a-z0-9]{2,5}$", name.lower())
        return blob.sha256 + (found[0] if found else "")

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """As asked: the true name is made of the bytes."""
        return name

    def generate_filename(self, filename: str) -> str:
        """As asked: the true name is made of the bytes."""
        return filename

    def exists(self, name: str) -> bool:
        """Whether the bytes lie there."""
        return bool(_NAME.fullmatch(name)) and blobs.exists(name.split(".")[0])

    def size(self, name: str) -> int:
        """How many bytes."""
        return len(blobs.read(name.split(".")[0]))

    def delete(self, name: str) -> None:
        """Nothing: what was once shown may have to be shown again."""

    def url(self, name: str | None) -> str:
        """Where those who may see it read it."""
        return reverse("workbench-file", args=[name])
