"""What the crash matrix takes, and which part of it: SITEAUTO_CRASH_MATRIX is `all`, or a shard such as `2/4`."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.golden.companies import lay_out

WANTED = os.environ.get("SITEAUTO_CRASH_MATRIX", "")
LOGS = ("10.10.0.31, 10.10.0.32", "10.10.0.33, 10.10.0.32")
COMPANIES = Path(__file__).parents[2] / "companies"


def in_shard(number):
    """Whether this point is in our part."""
    share, _, shares = WANTED.partition("/")
    return WANTED == "all" or number % int(shares) == int(share) % int(shares)


@cache
def companies():
    """The example company with the test-only sites of every platform, and the same with other servers for the logs."""
    return tuple(_company(Path(tempfile.mkdtemp(prefix="siteauto-crash-")), logs) for logs in LOGS)


def company():
    """The first of them."""
    return companies()[0]


def _company(folder, logs):
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = lay_out(folder)
    for overlay in COMPANIES.iterdir():
        shutil.copytree(overlay, root / "inventory", dirs_exist_ok=True)
    eos = root / "inventory" / "sites" / "us-nyc-eos01.yaml"  # made apart from the others: a circuit of its own
    text = eos.read_text().replace("198.51.100.250/30", "203.0.113.250/30").replace("67.KRGS.9,", "67.KRGS.99,")
    eos.write_text(text)
    defaults = root / "inventory" / "defaults.yaml"
    defaults.write_text(defaults.read_text().replace(*(f"syslog_hosts: [{one}]" for one in (LOGS[0], logs))))
    return root
