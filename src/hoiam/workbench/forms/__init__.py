"""Forms of the workbench: those of texts, those Wagtail is told to use for pictures and files, those of decisions."""
