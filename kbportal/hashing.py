"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the parameters that OWASP names for it (19 MiB, two passes, one thread).

    Django's own (100 MiB, eight threads) would let a handful of sign-ins take the machine from
    the readers. An older hash is replaced when its person signs in.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
