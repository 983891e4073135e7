"""How many examples a property is tried with: a third of them in every run, all of them at night."""

import os

ALL = os.environ.get("SITEAUTO_EXAMPLES") == "all"  # as `make coverage` says


def examples(number):
    return number if ALL else -(-number // 3)
