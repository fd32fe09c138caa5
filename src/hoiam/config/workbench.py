"""Wagtail's settings: the editors' workbench, without accounts, mails, outside calls or a search index of its own."""

APPS = [
    "hoiam.workbench",
    "hoiam.workbench.apps.UsersConfig",
    "hoiam.workbench.apps.DocumentsConfig",
    "hoiam.workbench.apps.ImagesConfig",
    "hoiam.workbench.apps.SearchConfig",
    "hoiam.workbench.apps.AdminConfig",
    "hoiam.workbench.apps.CoreConfig",
    "modelcluster",
    "taggit",
]
# One step makes the tables of each of these apps as they are in the pinned release (docs/adr/0028-workbench.md).
TABLES = {
    name: f"hoiam.workbench.tables.{name}"
    for name in (
        "taggit",
        "wagtailcore",
        "wagtailadmin",
        "wagtailimages",
        "wagtaildocs",
        "wagtailusers",
    )
}
# Its search has no tables here.
MIGRATIONS: dict[str, str | None] = {**TABLES, "wagtailsearch": None}
