"""Nine sick devices of thirty do not delay the healthy ones."""

import contextlib
import socket
import time
from dataclasses import replace

import pytest

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.transports import make_transport
from siteauto.core.backup_policy import BackupPolicy
from siteauto.core.models import DeviceName
from siteauto.workflows.gentle_backup import back_up_gently

HEALTHY, SICK, SILENCE = 21, 9, 6.0


@pytest.fixture
def deaf():
    """Addresses that take a connection and never say a word."""
    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(SICK)]
        yield [listener.getsockname()[1] for listener in listeners]


def named(target, number, **words):
    name = DeviceName(f"us-nyc-mad01-f{number}")
    return replace(target, device=replace(target.device, name=name, short=f"f{number}"), **words)


def test_thirty_devices(nights, deaf, site_lab):
    """All sick ones come first, and each keeps a session busy for as long as a device may be silent."""
    good = replace(nights.target("sw1"), timeout=30.0)
    pins = good.known_hosts.read_text().split("\n")[0].split(" ", 1)[1]
    known = nights.store.root.parent / "pins"
    known.write_text("".join(f"[127.0.0.1]:{port} {pins}\n" for port in deaf))
    sick = [
        named(good, number, host="127.0.0.1", port=port, known_hosts=known, timeout=SILENCE)
        for number, port in enumerate(deaf)
    ]
    healthy = [named(good, SICK + number) for number in range(HEALTHY)]
    moments = {}

    class Watched:
        """The transport, noting when a healthy session is over."""

        def __init__(self, transport):
            self._transport = transport

        @contextlib.contextmanager
        def connect(self, target):
            with self._transport.connect(target) as session:
                yield session
            moments[target.device.name] = time.monotonic() - began

    policy = BackupPolicy()
    run = replace(
        nights.run,
        targets=(*sick, *healthy),
        transport=Watched(make_transport(site_lab.secrets)),
        runner=NornirRunner(policy.per_site),
    )
    began = time.monotonic()
    report = back_up_gently(run, replace(policy, retries=0), reason="nightly", jitter=lambda: 0.0)
    took = time.monotonic() - began
    statuses = [str(one.status) for one in report.devices]
    assert statuses == ["unreachable"] * SICK + ["stored"] * HEALTHY, [one.reason for one in report.devices][:SICK]
    print(f"healthy ones over after {max(moments.values()):.1f} s, the run after {took:.1f} s")
    assert len(moments) == HEALTHY
    assert max(moments.values()) < SILENCE <= took, "a healthy device waited for a sick one"
