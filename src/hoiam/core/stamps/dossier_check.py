"""Checking an exported dossier with nothing but the file: no database, no network, on any machine."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asn1crypto import x509

from hoiam.core.errors import HoiAmError
from hoiam.core.stamps.lists import line
from hoiam.core.stamps.tokens import StampFault, certificates, check

_STEP = 1024 * 1024
_SMALL = 64 * 1024 * 1024
_SUMS, _SUMS_TOKEN, _INDEX = "SHA256SUMS", "SHA256SUMS.tsr", "ho-so.json"
_ROOTS = {"local": "chung-thu/noi-bo.pem", "outside": "chung-thu/ben-ngoai.pem"}


class NoDossier(HoiAmError):
    """The file is no dossier of ours."""


@dataclass
class DossierCheck:
    """What a check of a dossier found: its findings as (file, sentence), what was counted, the roots it rests on."""

    findings: list[tuple[str, str]] = field(default_factory=list)
    files: int = 0
    stamps: int = 0
    roots: dict[str, list[str]] = field(default_factory=dict)
    """SHA-256 of each root certificate inside, by authority: to be compared with what the sender tells."""


def check_dossier(path: Path) -> DossierCheck:
    """What became of the dossier since it was made.

    Raises:
        NoDossier: no zip, or none of ours.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if not {_SUMS, _INDEX} <= set(archive.namelist()):
                raise NoDossier("Tệp zip này không phải bộ hồ sơ do Hồi Âm xuất.")
            return _Checking(archive).run()
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        raise NoDossier("Tệp không đọc được: không phải zip, bị cắt hoặc hỏng.") from error


class _Checking:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.result = archive, DossierCheck()
        self.names = [info.filename for info in archive.infolist() if not info.is_dir()]
        self.roots = {code: self._roots(code, name) for code, name in _ROOTS.items()}
        self.lists: dict[int, frozenset[str]] = {}

    def run(self) -> DossierCheck:
        found = self.result.findings
        found += self._sums()
        found += self._index()
        return self.result

    def _small(self, name: str) -> bytes:
        with self.archive.open(name) as file:
            return file.read(_SMALL)

    def _roots(self, code: str, name: str) -> list[x509.Certificate]:
        if name not in self.names:
            return []
        try:
            found = certificates(self._small(name))
        except StampFault:
            return []
        self.result.roots[code] = [hashlib.sha256(each.dump()).hexdigest() for each in found]
        return found

    def _sums(self) -> Iterator[tuple[str, str]]:
        text = self._small(_SUMS)
        yield from self._token(_SUMS, _SUMS_TOKEN, text, self.roots["local"])
        told = dict(_summed(text.decode("utf-8", "replace")))
        if len(set(self.names)) != len(self.names):
            yield (_SUMS, "Trong bộ hồ sơ có hai tệp trùng tên: có người thêm vào.")
        for name in told:
            if name not in self.names:
                yield (name, "Tệp có tên trong SHA256SUMS nhưng không còn trong bộ hồ sơ.")
        for name in self.names:
            if name in (_SUMS, _SUMS_TOKEN):
                continue
            self.result.files += 1
            if name not in told:
                yield (name, "Tệp không có tên trong SHA256SUMS: được thêm vào sau.")
            elif self._hash(name) != told[name]:
                yield (name, "Tệp đã bị sửa: mã SHA-256 khác với SHA256SUMS.")

    def _hash(self, name: str) -> str:
        digest = hashlib.sha256()
        try:
            with self.archive.open(name) as file:
                while step := file.read(_STEP):
                    digest.update(step)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return "hỏng"
        return digest.hexdigest()

    def _token(
        self, what: str, name: str, data: bytes, roots: list[x509.Certificate]
    ) -> Iterator[tuple[str, str]]:
        if name not in self.names:
            yield (what, "Thiếu dấu thời gian.")
            return
        try:
            check(self._small(name), sha256=hashlib.sha256(data).hexdigest(), roots=roots)
            self.result.stamps += 1
        except StampFault as fault:
            yield (what, f"Dấu thời gian không hợp lệ. {fault}")

    def _index(self) -> Iterator[tuple[str, str]]:
        try:
            index: dict[str, Any] = json.loads(self._small(_INDEX))
            files = [(each["path"], each["sha256"], each) for each in index["files"]]
        except (ValueError, KeyError, TypeError):
            yield (_INDEX, "Danh mục không đọc được.")
            return
        for path, sha256, each in files:
            for seal in each.get("seals", []):
                yield from self._seal(path, sha256, each, seal)

    def _seal(
        self, path: str, sha256: str, each: dict[str, Any], seal: dict[str, Any]
    ) -> Iterator[tuple[str, str]]:
        number = int(seal["stamp"])
        listing = f"dau-thoi-gian/bang-ke-{number}.txt"
        if number not in self.lists:
            self.lists[number] = frozenset()
            if listing not in self.names:
                yield (path, "Thiếu bảng kê niêm phong của tệp này.")
                return
            text = self._small(listing)
            token = f"dau-thoi-gian/dau-{number}.tsr"
            faults = list(
                self._token(listing, token, text, self.roots.get(str(seal["authority"]), []))
            )
            yield from faults
            if not faults:
                self.lists[number] = frozenset(text.decode("utf-8", "replace").splitlines())
        lines = self.lists[number]
        if lines and line(str(each["kind"]), int(each["id"]), sha256, seal["facts"]) not in lines:
            yield (path, "Tệp hoặc phần mô tả không có trong bảng kê đã đóng dấu.")


def _summed(text: str) -> Iterator[tuple[str, str]]:
    for row in text.splitlines():
        sha256, _, name = row.partition("  ")
        if name:
            yield name, sha256
