"""What pages and others ask of the room."""
