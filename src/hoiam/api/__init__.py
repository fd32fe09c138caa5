"""FLOOR 6: what the portal shows, for machines; read only, versioned, described by an OpenAPI document."""
