"""Offline plans, made by hand."""

from siteauto.core.change.make_plan import NO_TIMER
from siteauto.core.change.offline_plan import DeviceForecast, OfflinePlan, Revision
from siteauto.core.change.three_way import Hunk, Label
from siteauto.core.errors import Place
from siteauto.core.models import DeviceName, PlatformName, Role, SiteName


def hunk_of(text="+ntp server 10.0.0.1\n", label=Label.CHANGE, line=5, base=()):
    place = Place(file="inventory/defaults.yaml", line=line)
    return Hunk(label=label, section=text.split("\n")[0][1:], text=text, differences=(), base=base, place=place)


def device_of(number=1, *, site="us-nyc-mad01", hunks=(), trouble=""):
    return DeviceForecast(
        site=SiteName(site),
        device=DeviceName(f"{site}-sw{number}"),
        role=Role.ACCESS,
        platform=PlatformName("cisco_ios"),
        hunks=tuple(hunks),
        backup=None,
        trouble=trouble,
        commands=("x",),
        mode="replace",
        timer=NO_TIMER,
    )


def plan_of(head, *devices, acknowledged=False, warnings=()):
    return OfflinePlan(
        base=Revision(ref="main", commit="a" * 40),
        head=Revision(ref="feature", commit=head),
        devices=devices,
        acknowledged=acknowledged,
        warnings=warnings,
    )


def a_change(head, count=2, **facts):
    """One hunk that so many devices of one site share."""
    return plan_of(head, *(device_of(number, hunks=[hunk_of(**facts)]) for number in range(1, count + 1)))
