"""Addresses of the workbench."""
