"""The editors' workbench at /cms/: the only room that knows Wagtail; publishes through the newsroom's actions."""
