"""The names under which the public search index keeps articles."""

KIND, DOCUMENT = "portal", "portal_document"
SCOPE = "public"
