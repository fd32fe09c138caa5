"""What is done in the room, one verb a function."""
