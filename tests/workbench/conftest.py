"""The ground of the room's tests: two provinces with a branch each, editors, pictures, files, texts."""

import io
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image

from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.newsroom.models import Section
from hoiam.workbench.actions import branch_for
from hoiam.workbench.models import Branch, NewsPage
from tests import factories as make


def walks(addresses: list[str]) -> list:
    """The addresses by where they begin, each group walked by one test: the ground is laid once for all of them."""
    found: dict[str, list[str]] = {}
    for address in addresses:
        found.setdefault(address.split("/")[2] or "cms", []).append(address)
    return [pytest.param(group, id=name) for name, group in found.items()]


def drawing(kind: str = "JPEG", size: tuple[int, int] = (64, 48), colour: str = "navy") -> bytes:
    """The bytes of a small picture."""
    out = io.BytesIO()
    Drawing.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def upload(name: str = "anh.jpg", data: bytes = b"", kind: str = "image/jpeg"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data or drawing(), kind)


@dataclass
class World:
    """What the tests stand on."""

    tree: make.Tree
    section: Section
    own: Branch
    other: Branch
    editor: Actor
    chief: Actor
    writer: Actor
    stranger: Actor
    centre: Actor

    def text(self, branch: Branch | None = None, cls=NewsPage, by: Actor | None = None, **fields):
        """A saved draft, whole enough to be sent."""
        first = {"title": "Trao tiền ở Thanh Giang", "lead": "Sáng 05/8.", "section": self.section}
        page = cls(**{**first, **fields}, live=False)
        (branch or self.own).add_child(instance=page)
        page.save_revision(user=(by or self.writer).official)
        return page

    def image(self, branch: Branch | None = None, title: str = "Ảnh trao tiền", colour="navy"):
        """A picture in a branch's folder."""
        folder = (branch or self.own).folder
        return Image.objects.create(
            title=title, file=upload(data=drawing(colour=colour)), collection=folder
        )

    def file(self, branch: Branch | None = None, title: str = "Quyết định"):
        """A file in a branch's folder."""
        folder = (branch or self.own).folder
        data = b"%PDF-1.4\n" + title.encode() + b"\n%%EOF\n"
        return Document.objects.create(
            title=title, file=upload("qd.pdf", data, "application/pdf"), collection=folder
        )

    def client(self, actor: Actor) -> Client:
        """A browser signed in as this person."""
        client = Client()
        client.force_login(actor.official, "hoiam.config.accounts.DeskBackend")
        return client


@pytest.fixture
def world(db) -> World:
    """Two provinces, each with a branch."""
    tree = make.tree()
    return World(
        tree=tree,
        section=Section.objects.create(slug="tin", name="Tin tức"),
        own=branch_for(tree.province),
        other=branch_for(tree.other),
        editor=make.actor(tree.province, Role.EDITOR),
        chief=make.actor(tree.province, Role.CHIEF_OF_OFFICE),
        writer=make.actor(tree.province, Role.FOCAL_POINT),
        stranger=make.actor(tree.other, Role.EDITOR),
        centre=make.actor(tree.centre, Role.EDITOR),
    )
