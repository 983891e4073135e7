"""A device whose address moves is met wherever it answers, and nobody else is taken for it."""

import contextlib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from siteauto.core.errors import AuthenticationError, HostKeyError, UnreachableError
from siteauto.core.models import Device, DeviceName, Role
from siteauto.core.ports import Target
from siteauto.workflows.reach import reach


class Wire:
    """Implements ports.Transport: at each address a session, or what it raises."""

    def __init__(self, **found):
        self.found = {name.replace("_", "."): what for name, what in found.items()}
        self.asked = []

    @contextlib.contextmanager
    def connect(self, target):
        self.asked.append(target.host)
        what = self.found[target.host.replace("10.0.", "at.")]
        if isinstance(what, Exception):
            raise what
        yield what


@pytest.fixture
def target():
    device = Device(
        name=DeviceName("s-sw1"), short="sw1", role=Role.CORE, platform=None, model="F1", serial="1", address=None
    )
    return Target(
        device=device, platform=SimpleNamespace(), host="10.0.9.2", elsewhere="10.0.0.2", port=22, credentials=(),
        known_hosts=None,
    )  # fmt: skip


def met(wire, target):
    with reach(wire, target) as (session, reached):
        return session, reached.host


SILENT, FOREIGN = UnreachableError("x", found="timed out"), HostKeyError("x", found="another key")
REFUSED = AuthenticationError("x", found="refused")


def test_it_is_met_where_it_shall_be_or_else_where_it_was(target):
    assert met(Wire(at_9_2="new", at_0_2="old"), target) == ("new", "10.0.9.2")
    assert met(Wire(at_9_2=SILENT, at_0_2="old"), target) == ("old", "10.0.0.2")
    assert met(Wire(at_9_2=FOREIGN, at_0_2="old"), target) == ("old", "10.0.0.2"), "another box has the address"


def test_at_neither_both_are_told_and_another_key_is_not_hidden(target):
    with pytest.raises(UnreachableError, match=r"10.0.9.2 and 10.0.0.2[\s\S]*timed out; timed out"):
        met(Wire(at_9_2=SILENT, at_0_2=SILENT), target)
    with pytest.raises(HostKeyError, match="timed out; another key"):
        met(Wire(at_9_2=SILENT, at_0_2=FOREIGN), target)


def test_a_refused_login_and_a_device_with_one_address_are_not_tried_elsewhere(target):
    wire = Wire(at_9_2=REFUSED, at_0_2="old")
    with pytest.raises(AuthenticationError):
        met(wire, target)
    assert wire.asked == ["10.0.9.2"]
    with pytest.raises(UnreachableError, match="timed out"):
        met(Wire(at_9_2=SILENT), replace(target, elsewhere=""))


def test_what_goes_wrong_in_the_session_is_not_tried_elsewhere(target):
    wire = Wire(at_9_2="new", at_0_2="old")
    with pytest.raises(UnreachableError), reach(wire, target):
        raise SILENT
    assert wire.asked == ["10.0.9.2"]
