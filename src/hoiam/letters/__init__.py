"""Readers' letters and legal questions: received, sorted, answered in time; what names a denouncer is kept apart."""
