"""Write the one migration of each of Wagtail's apps anew, from the release that is installed (docs/adr/0028-workbench.md).

Run after Wagtail was pinned to another release and before anything was put into a database:
`python tools/workbench_tables.py`. In a house that runs already, later releases are ordinary migrations made by
`python -m django makemigrations wagtailcore …` into the same folders.
"""

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoiam.config.settings")

import django

django.setup()

from django.apps import apps
from django.db.migrations import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter
from django.utils import translation

from hoiam.config.workbench import TABLES
from hoiam.core.creating import CreateModels

ROOM = Path(__file__).resolve().parent.parent / "src" / "hoiam" / "workbench"
# What stands before each: where its keys lead.
BEFORE = {
    "taggit": [("contenttypes", "0002_remove_content_type_name")],
    "wagtailcore": [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("agencies", "0001_whole"),
    ],
    "wagtailadmin": [("wagtailcore", "0001_whole")],
    "wagtailimages": [("wagtailcore", "0001_whole"), ("taggit", "0001_whole")],
    "wagtaildocs": [("wagtailcore", "0001_whole"), ("taggit", "0001_whole")],
    "wagtailusers": [("agencies", "0001_whole")],
    "workbench": [
        ("agencies", "0001_whole"),
        ("newsroom", "0001_whole"),
        ("wagtailcore", "0001_whole"),
        ("wagtailimages", "0001_whole"),
        ("wagtaildocs", "0001_whole"),
    ],
}


def whole(label: str) -> str:
    """The text of the one migration of an app."""
    models = []
    for model in apps.get_app_config(label).get_models(include_auto_created=False):
        state = ModelState.from_model(model)
        models.append(
            CreateModel(
                state.name,
                list(state.fields.items()),
                state.options,
                state.bases,
                state.managers,
            )
        )
    migration = type("Migration", (Migration,), {})("0001_whole", label)
    migration.initial = True
    migration.dependencies = BEFORE[label]
    migration.operations = [CreateModels(models=models)]
    return MigrationWriter(migration, include_header=False).as_string()


translation.deactivate_all()
places = {label: ROOM / "tables" / label for label in TABLES} | {"workbench": ROOM / "migrations"}
for label, place in places.items():
    (place / "0001_whole.py").write_text(whole(label), "utf-8")
