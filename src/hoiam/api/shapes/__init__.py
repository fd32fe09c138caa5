"""What each answer is made of, field by field."""
