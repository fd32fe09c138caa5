"""Vietnamese formats: the day always stands before the month."""
