"""One migration step that makes many tables at once.

Django renders every related model anew after each table of a migration, and in this house nearly all are related: 119 tables
one by one cost 25 s of a processor on a fresh machine and in every test process, together they cost 2 s. Rooms are made
whole here; what changes in them later is an ordinary migration.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Every model of a room in its last form; references between them may point either way."""

    reversible = True
    serialization_expand_args = ["models"]

    def __init__(self, models: list[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state with all models, rendered once when somebody asks for it and not after each."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The tables; keys between them are set after the last one, as the editor does by itself."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The tables taken away, last first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        """Never optimised across."""
        return True

    def describe(self) -> str:
        """What the plan of migrations says."""
        return f"Create {len(self.models)} models"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How it is written into a migration."""
        return self.__class__.__qualname__, [], {"models": self.models}
