"""Which part of the crash matrix is wanted: SITEAUTO_CRASH_MATRIX is `all`, or a shard such as `2/4`."""

import os

WANTED = os.environ.get("SITEAUTO_CRASH_MATRIX", "")


def in_shard(number):
    """Whether this point is in our part."""
    share, _, shares = WANTED.partition("/")
    return WANTED == "all" or number % int(shares) == int(share) - 1
