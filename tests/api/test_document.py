"""The OpenAPI document: whole, in words, and true of every answer."""

import re
from pathlib import Path

import pytest

import hoiam.api
from hoiam.api.house import API
from tests.api.conftest import BASE
from tests.api.told_shape import faults, followed

pytestmark = pytest.mark.django_db
ROOM = Path(hoiam.api.__file__).parent
REAL = {"articles/{slug}": "doi-thoai", "legal-answers/{slug}": "phi", "agencies/{code}": "TG-KV1"}


def real(path, world):
    """The address of a real row of ours in place of a pattern."""
    value = REAL.get(path.removeprefix(BASE), world.scheme.pk)
    return re.sub(r"\{\w+\}", str(value), path)


def test_every_answer_is_what_the_document_says(world, client, document):
    wrong = {}
    for path, does in document["paths"].items():
        answer = client.get(real(path, world))
        shape = does["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        told = answer.json()
        assert answer.status_code == 200, path
        assert told.get("items", True), path
        wrong |= {path: found} if (found := faults(told, shape, document)) else {}
        for status in ("404", "422"):
            refusal = does["get"]["responses"][status]["content"]["application/json"]["schema"]
            assert faults({"error": "Không có."}, refusal, document) == []
    assert wrong == {}


def test_the_checker_of_shapes_sees_what_is_wrong(document):
    row = followed("#/components/schemas/PictureRow", document)
    good = {"url": "/", "width": 1, "height": 1, "alt": "a", "caption": None, "credit": None}
    assert faults(good, row, document) == []
    for bad in ({"width": "1"}, {"alt": None}, {"more": 1}, {"width": True}):
        assert faults(good | bad, row, document), bad
    assert faults({}, row, document) and faults(
        "1/2/2026", {"type": "string", "format": "date"}, {}
    )
    assert faults("2026-01-02T03:04:05", {"type": "string", "format": "date-time"}, {})


def test_the_document_names_every_route_and_the_page_names_them_too(client, document):
    routes = {
        BASE + re.sub(r"\{\w+:", "{", path)
        for router in API._get_bound_routers()
        for path in router.path_operations
    }
    page = client.get(BASE).content.decode()

    assert set(document["paths"]) == routes
    assert [path for path in routes if f"<code>{path}</code>" not in page] == []
    assert f"{BASE}openapi.json" in page


def test_the_document_is_whole_and_in_words(document):
    assert document["openapi"] == "3.1.0" and document["info"]["version"].startswith("1.")
    assert document["servers"][0]["url"].startswith("http")
    names, tags = [], {tag["name"] for tag in document["tags"]}
    for path, does in document["paths"].items():
        assert set(does) == {"get"}, path
        told = does["get"]
        names.append(told["operationId"])
        assert told["summary"] and told["description"] and set(told["tags"]) <= tags, path
        assert set(told["responses"]) == {"200", "404", "422"}
        assert all(each["description"] for each in told["responses"].values())
        bare = [each["name"] for each in told["parameters"] if each["in"] == "query" and not each.get("description")]  # fmt: skip
        assert bare == [], path
        assert set(re.findall(r"\{(\w+)\}", path)) == {each["name"] for each in told["parameters"] if each["in"] == "path"}  # fmt: skip
    assert len(names) == len(set(names))


def test_every_field_is_described_and_every_reference_leads_somewhere(document):
    shapes = document["components"]["schemas"]
    bare = [f"{name}.{field}" for name, shape in shapes.items() for field, told in shape.get("properties", {}).items() if not told.get("description")]  # fmt: skip
    assert bare == [] and [name for name, shape in shapes.items() if not shape.get("description")] == []  # fmt: skip
    for ref in re.findall(r'"\$ref": "([^"]+)"', str(document).replace("'", '"')):
        assert followed(ref, document)


def test_looking_up_addresses_loads_no_part_of_ninja():
    """Commands and workers read the addresses too; what answers is named in words and loaded by the first call."""
    for name in ("__init__.py", "urls.py", "door.py"):
        loaded = re.findall(r"^(?:from|import) (\S+)", (ROOM / name).read_text(), re.MULTILINE)
        ours = {each for each in loaded if each.startswith(("hoiam.", "ninja", "pydantic"))}
        assert ours <= {"hoiam.api.door", "hoiam.newsroom.keeping"}, name
