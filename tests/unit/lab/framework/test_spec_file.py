"""A lab's specification survives the file."""

import stat
from ipaddress import IPv4Address, IPv4Interface

import pytest

from siteauto.core.models import Circuit, Link
from siteauto.lab.spec import LabSpec, MemberSpec
from siteauto.lab.spec_file import read_spec, write_spec

SPEC = LabSpec(
    site="us-nyc-mad01",
    port=2222,
    members=(
        MemberSpec(
            name="us-nyc-mad01-sw1",
            short="sw1",
            role="core",
            platform="cisco_ios",
            model="C9300-24P",
            serial="FOC1",
            address=IPv4Interface("10.44.16.2/27"),
            boot_text="hostname x\n",
        ),
    ),
    links=(Link(a="a", a_port="1", b="b", b_port="2"),),
    circuits=(
        Circuit(
            name="wan1",
            provider="p",
            circuit_id="c",
            rate_mbps=(100, 20),
            address=IPv4Interface("198.51.100.2/30"),
            gateway=IPv4Address("198.51.100.1"),
        ),
        Circuit(name="wan2", provider="p", circuit_id="c", rate_mbps=(1, 1), address=None, gateway=None),
    ),
    boot_seconds=7.5,
    legacy_ssh=True,
)


def test_it_comes_back_as_it_was_and_is_private(tmp_path):
    path = tmp_path / "spec.json"
    write_spec(path, SPEC)
    assert read_spec(path) == SPEC
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_version_is_refused(tmp_path):
    path = tmp_path / "spec.json"
    path.write_text('{"version": 99}')
    with pytest.raises(ValueError, match="version 2"):
        read_spec(path)
