"""What befalls the answer that is to become a copy, on any device of any lab: named, and never taken for whole."""

from contextlib import contextmanager
from dataclasses import replace

from siteauto.core.errors import DeviceError, UnreachableError
from siteauto.workflows.fetch_copy import fetch_copy
from siteauto.workflows.judge_copy import find_reasons

FAULTS = ("truncate", "refuse", "drop", "hang")


@contextmanager
def fault(control, device, kind, pattern):
    control("fault", device=device, kind=kind, pattern=pattern)
    try:
        yield
    finally:
        control("clear")


def what_becomes_of_a_copy(transport, target):
    """`whole`, why it is not, or the error's own words: the first of them that holds."""
    try:
        with transport.connect(replace(target, timeout=1.5)) as session:
            fetched = fetch_copy(session, target.platform)
    except (UnreachableError, DeviceError) as error:
        return str(error)
    return "; ".join(find_reasons(target.platform.backup, fetched, None, accepted=False)) or "whole"
