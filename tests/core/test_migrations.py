"""The migrations say what the models say, in one step as in many."""

import pytest
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from hoiam.config import settings as house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_house_s_own_migrations(settings):
    """Tests make their tables from the models at once; here the migrations themselves are asked."""
    settings.MIGRATION_MODULES = house.MIGRATION_MODULES


def test_no_model_has_changed_without_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_making_the_rooms_whole_gives_what_the_single_steps_give():
    step_by_step = MigrationLoader(None, replace_migrations=False)
    rooms = ("core", "agencies", "monitoring", "handling")
    whole = [key for key in step_by_step.graph.nodes if key[1] == "0001_whole" and key[0] in rooms]
    # What came after the rooms were made whole stands on them and is no step of theirs.
    steps = [step_by_step.disk_migrations[key].replaces[-1] for key in whole]
    made = MigrationAutodetector(
        step_by_step.project_state(whole), step_by_step.project_state(steps)
    )

    assert {key[0] for key in steps} == {key[0] for key in whole} == set(rooms)
    assert made._detect_changes() == {}
