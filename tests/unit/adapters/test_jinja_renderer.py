"""Templates: what they may use, and what an author is told when they are wrong."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from pathlib import Path

import pytest

from siteauto.adapters.jinja_renderer import JinjaRenderer, number_ranges, quoted
from siteauto.core.errors import UsageError
from siteauto.core.intent import DeviceIntent, Management
from siteauto.core.models import Device, DeviceName, Organisation, PlatformName, Role, SiteName
from siteauto.platforms import load_platforms

PLATFORM = load_platforms()[PlatformName("cisco_ios")]
INTENT = DeviceIntent(
    site=SiteName("us-nyc-mad01"),
    city="New York",
    location="680 Madison Ave",
    timezone="America/New_York",
    utc_offset_hours=-5,
    dst=True,
    organisation=Organisation(
        name="Maison",
        domain="example.net",
        ntp_servers=(),
        dns_servers=(),
        syslog_hosts=(),
        radius_servers=(),
        tacacs_servers=(),
        snmp_user="netmon",
        snmp_managers=(),
        management_networks=(IPv4Network("10.10.3.0/24"),),
        local_admin="siteauto",
        banner="Keep out.",
        service_ports=(),
        host_groups=(),
    ),
    device=Device(
        name=DeviceName("us-nyc-mad01-sw1"),
        short="sw1",
        role=Role.CORE,
        platform=PlatformName("cisco_ios"),
        model="C9300-24P",
        serial="FOC2731A0KL",
        address=IPv4Interface("10.44.19.34/27"),
    ),
    management=Management(
        address=IPv4Interface("10.44.19.34/27"), vlan_id=99, gateway=IPv4Address("10.44.19.33"), path=()
    ),
)


def renderer(root: Path, **templates: str) -> JinjaRenderer:
    folder = root / "templates" / "cisco_ios"
    folder.mkdir(parents=True)
    for name, text in templates.items():
        (folder / f"{name}.j2").write_text(text)
    return JinjaRenderer(root / "templates")


def complaint(root: Path, **templates: str) -> str:
    with pytest.raises(UsageError) as raised:
        renderer(root, **templates).render(INTENT, PLATFORM)
    return str(raised.value)


def test_lays_out_text_and_names_its_sources(tmp_path: Path):
    core = '{# why #}\nhostname {{ intent.device.name }}\n{% if intent.dst %}\n{% include "cisco_ios/_end.j2" %}\n{% endif %}\n'
    rendered = renderer(tmp_path, core=core, _end="end\n").render(INTENT, PLATFORM)
    assert rendered.text == "hostname us-nyc-mad01-sw1\nend\n"
    assert rendered.device == "us-nyc-mad01-sw1"
    assert rendered.sources == ("cisco_ios/core.j2", "cisco_ios/_end.j2")


def test_bootstrap_is_one_template_for_every_role(tmp_path: Path):
    made = renderer(tmp_path, bootstrap="{{ intent.secret('bootstrap') }}\n")
    for role in (Role.CORE, Role.WLC):
        intent = replace(INTENT, device=replace(INTENT.device, role=role))
        assert made.bootstrap(intent, PLATFORM).text == "secret://us-nyc-mad01/bootstrap\n"


def test_an_unknown_name_is_named_with_its_place(tmp_path: Path):
    text = complaint(tmp_path, core='{% include "cisco_ios/_clock.j2" %}\n', _clock="!\n{{ intent.time_zone }}\n")
    assert "us-nyc-mad01-sw1: template templates/cisco_ios/_clock.j2:2 cannot be rendered" in text
    assert "has no attribute 'time_zone'" in text


def test_a_syntax_error_is_named_with_its_place(tmp_path: Path):
    assert "templates/cisco_ios/core.j2:2 cannot be" in complaint(tmp_path, core="!\n{% if %}\n")


def test_a_syntax_error_in_an_include_is_named_with_its_place(tmp_path: Path):
    text = complaint(tmp_path, core='{% include "cisco_ios/_ports.j2" %}\n', _ports="!\n!\n{% for %}\n")
    assert "templates/cisco_ios/_ports.j2:3 cannot be" in text


def test_a_failing_filter_is_named_with_its_place(tmp_path: Path):
    assert "templates/cisco_ios/core.j2:1 cannot be" in complaint(tmp_path, core="{{ 5 | number_ranges }}\n")


def test_a_missing_template_is_named(tmp_path: Path):
    text = complaint(tmp_path, access="!\n")
    assert "there is no template cisco_ios/core.j2" in text
    assert "role (core)" in text


def test_templates_reach_nothing_but_the_intent(tmp_path: Path):
    assert "unsafe" in complaint(tmp_path, core="{{ intent.__class__.__init__.__globals__ }}\n")


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((), ""), ((10,), "10"), ((20, 21), "20,21"), ((22, 10, 20, 21), "10,20-22"), ((1, 3, 4, 5, 7, 8), "1,3-5,7,8")],
)
def test_number_ranges(numbers: tuple[int, ...], text: str):
    assert number_ranges(numbers) == text


def test_quoted():
    assert quoted('say "hi" \\ there') == '"say \\"hi\\" \\\\ there"'
    assert quoted(IPv4Address("10.0.0.1")) == '"10.0.0.1"'


@pytest.mark.parametrize(
    "expression",
    [
        "intent.__class__",
        "intent.device.__class__.__mro__",
        "intent.secret.__globals__",
        "intent.ports.__class__",
        "intent.device._replace",
        "''.__class__.__mro__",
        "intent.location.format.__self__.__class__",
        "'{0.__class__.__init__.__globals__}'.format(intent)",
        "intent|attr('__class__')",
        "intent.organisation.ntp_servers.__add__",
        "cycler.__init__.__globals__",
        "self._TemplateReference__context",
    ],
)
def test_a_template_gets_at_data_only(tmp_path: Path, expression: str):
    try:
        text = renderer(tmp_path, core="{{ " + expression + " }}\n").render(INTENT, PLATFORM).text
    except UsageError:
        return
    assert "class" not in text
    assert "<" not in text
