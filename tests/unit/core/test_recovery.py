"""What `siteauto recover` makes of what the devices say."""

import pytest

from siteauto.core.change.recovery import Condition, Recovered, Recovery
from siteauto.core.models import DeviceName


def found(*conditions, unsaved=()):
    return Recovery(
        devices=tuple(
            Recovered(device=DeviceName(f"sw{n}"), condition=condition, unsaved=n in unsaved)
            for n, condition in enumerate(conditions)
        )
    )


@pytest.mark.parametrize(
    ("recovery", "code", "next_step"),
    [
        (found(Condition.INTENDED, Condition.INTENDED), 0, "the site is whole"),
        (found(Condition.BEFORE), 0, "the site is whole"),
        (found(Condition.INTENDED, unsaved=(0,)), 6, "compare with"),
        (found(Condition.INTENDED, Condition.BEFORE), 6, "provision makes it new as a whole"),
        (found(Condition.PENDING, Condition.UNREACHABLE), 6, "wait: what is pending undoes itself"),
        (found(Condition.BEFORE, Condition.UNREACHABLE), 4, "reach every device"),
        (found(Condition.BEFORE, Condition.UNCLEAR), 4, "reach every device"),
        (found(Condition.CHANGED), 6, "compare with"),
    ],
)
def test_nothing_is_guessed(recovery, code, next_step):
    assert (recovery.exit_code, next_step in recovery.next_step) == (code, True)
