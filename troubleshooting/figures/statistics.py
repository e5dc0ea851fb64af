"""What a few answers say about many. Pure."""

from math import sqrt

#: Of 100 such bounds 97 or 98 are right: the lower end of a two-sided interval of 95 %.
_Z = 1.96


def wilson_lower(successes: int, total: int) -> float:
    """Return the share (0 to 1) that is certain after ``successes`` of ``total``; 0 where none.

    The lower bound of the score interval of Wilson (1927), which holds for small numbers too.
    """
    if total == 0:
        return 0.0
    share, z2 = successes / total, _Z * _Z
    middle = share + z2 / (2 * total)
    spread = _Z * sqrt((share * (1 - share) + z2 / (4 * total)) / total)
    return max(0.0, (middle - spread) / (1 + z2 / total))
