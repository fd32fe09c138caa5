"""Passwords of tests: the house's own way of keeping them, with few rounds."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class FewRounds(PBKDF2PasswordHasher):
    """PBKDF2 as in the house, quick enough for a test."""

    iterations = 10
