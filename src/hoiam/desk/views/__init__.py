"""Views: read → form → one action or query → answer."""
