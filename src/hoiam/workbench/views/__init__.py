"""Pages the workbench adds to Wagtail's."""
