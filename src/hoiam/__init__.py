"""Hồi Âm: no press report about an enforcement agency goes unseen, unanswered or unreported."""
