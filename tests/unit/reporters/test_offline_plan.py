"""An offline plan of many devices, with texts that mean harm."""

import json

from siteauto.core.change.make_plan import NO_TIMER
from siteauto.core.change.offline_plan import DeviceForecast, OfflinePlan, Revision
from siteauto.core.change.three_way import Hunk, Label
from siteauto.core.models import DeviceName, PlatformName, Role, SiteName
from siteauto.reporters.offline_plan import offline_plan_json, offline_plan_text
from siteauto.reporters.plan_markdown import offline_plan_markdown

HOSTILE = "description @everyone #12 <b>\x1b[2J\u202e ```` | end"


def plan_of(count: int, text: str) -> OfflinePlan:
    hunk = Hunk(label=Label.CHANGE, section="x", text=f"+{text}\n", differences=())
    devices = tuple(
        DeviceForecast(
            site=SiteName("us-nyc-mad01"),
            device=DeviceName(f"us-nyc-mad01-sw{number}"),
            role=Role.ACCESS,
            platform=PlatformName("cisco_ios"),
            hunks=(hunk,),
            backup=None,
            commands=(text,),
            mode="replace",
            timer=NO_TIMER,
        )
        for number in range(count)
    )
    return OfflinePlan(
        base=Revision(ref="main", commit="a" * 40), head=Revision(ref="@all", commit="b" * 40), devices=devices
    )


def test_a_hunk_of_48_devices_stands_once():
    plan = plan_of(48, "ntp server 10.0.0.1")
    for text in (offline_plan_text(plan), offline_plan_markdown(plan)):
        assert text.count("+ntp server 10.0.0.1") == 1
        assert "48 devices" in text
    data = json.loads(offline_plan_json(plan))
    assert [(each["count"], len(each["devices"])) for each in data["hunks"]] == [(48, 48)]


def test_text_of_devices_stays_text():
    text, markdown = offline_plan_text(plan_of(1, HOSTILE)), offline_plan_markdown(plan_of(1, HOSTILE))
    for shown in (text, markdown):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert "\n`````diff\n" in markdown  # longer than any run of backticks in the text
    assert "→ @\u200ball" in markdown
