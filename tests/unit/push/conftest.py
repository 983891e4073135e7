"""A small site on fake devices: firewall, core switch, access switch, controller, each behind the one before."""

import json
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path

import pytest

from siteauto.core.change.candidate import SecretForms
from siteauto.core.change.make_plan import DeviceFacts, make_plan
from siteauto.core.change.plan import plan_from_dict
from siteauto.core.change.run_history import tell_history
from siteauto.core.config import SecretBook
from siteauto.core.intent import DeviceIntent, Management, RenderedConfig
from siteauto.core.models import Device, DeviceName, Organisation, Role, SecretRef, SiteName
from siteauto.core.ports import Credential, Target
from siteauto.testing.fake_platform import fake_platform
from siteauto.testing.fake_transport import FakeDevice, FakeTransport, Trouble
from siteauto.testing.fakes import FakeClock, FakeSecrets, MemoryJournal, SerialRunner
from siteauto.workflows.push import PushPorts
from siteauto.workflows.resume import abort_transaction, resume_transaction
from siteauto.workflows.transaction import run_transaction

SITE = SiteName("us-nyc-mad01")
ROLES = {"fw1": Role.FIREWALL, "sw1": Role.CORE, "sw2": Role.ACCESS, "wlc1": Role.WLC}
PATHS = {"fw1": (), "sw1": ("fw1",), "sw2": ("fw1", "sw1"), "wlc1": ("fw1", "sw1")}
VALUES = {f"{SITE}/admin": "Admin-Secret-1", f"{SITE}/day0": "Day0-Secret-2"}
OLD = "hostname {name}\n!\nuser day0 secret Day0-Secret-2\n!\ninterface p1\n speed 10\n!\nend\n"
NEW = "hostname {name}\n!\nuser site secret secret://us-nyc-mad01/admin\n!\ninterface p1\n speed 1000\n!\nend\n"
ORGANISATION = Organisation(
    name="M", domain="x.example", ntp_servers=(), dns_servers=(), syslog_hosts=(), radius_servers=(), tacacs_servers=(),
    snmp_user="w", snmp_managers=(), management_networks=(), local_admin="site", banner="", service_ports=(), host_groups=(),
)  # fmt: skip


class FakeSite:
    """Devices, an operator's ports to them, and what came of a push."""

    def __init__(self, *shorts, platforms=None, coupled=False):
        self.clock = FakeClock()
        self.shorts = shorts or tuple(ROLES)
        platforms = platforms or {}
        self.devices = {
            short: FakeDevice(
                name=short,
                platform=platforms.get(short) or fake_platform(),
                clock=self.clock,
                running=OLD.format(name=short),
            )
            for short in self.shorts
        }
        if coupled:
            for short, device in self.devices.items():
                device.reachable = lambda short=short: self.path_works(short)
        self.before = {short: device.running for short, device in self.devices.items()}
        self.secrets = FakeSecrets(VALUES)
        self.book = SecretBook(values=VALUES, key=b"k" * 32)
        self.journal = MemoryJournal()
        self.events = []
        self.transport = FakeTransport(list(self.devices.values()), self.secrets)

    def path_works(self, short):
        """Worst case: a link works only while both its ends run the same version."""
        hops = [*(hop for hop in PATHS[short] if hop in self.devices), short]
        for hop in hops:
            self.devices[hop].settle()
        return len({"speed 1000" in self.devices[hop].running for hop in hops}) == 1

    def intent(self, short):
        device = Device(
            name=DeviceName(short), short=short, role=ROLES[short], platform=self.devices[short].platform.name,
            model="F1", serial=short, address=IPv4Interface("10.0.0.2/24"),
        )  # fmt: skip
        return DeviceIntent(
            site=SITE, city="", location="", timezone="UTC", utc_offset_hours=0, dst=False,
            organisation=ORGANISATION, device=device,
            management=Management(
                address=device.address, vlan_id=99, gateway=IPv4Address("10.0.0.1"),
                path=tuple(DeviceName(hop) for hop in PATHS[short]),
            ),
        )  # fmt: skip

    @property
    def secret_values(self):
        return [*VALUES.values(), *(device.session for device in self.devices.values())]

    @property
    def targets(self):
        credentials = (
            Credential(username="site", password=SecretRef(name=f"{SITE}/admin")),
            Credential(username="day0", password=SecretRef(name=f"{SITE}/day0")),
        )
        return tuple(
            Target(
                device=self.intent(short).device, platform=device.platform, host=short, port=22,
                credentials=credentials, known_hosts=Path("none"),
            )
            for short, device in self.devices.items()
        )  # fmt: skip

    def plan(self, new=NEW):
        facts = [
            DeviceFacts(
                intent=self.intent(short),
                platform=device.platform,
                rendered=RenderedConfig(device=DeviceName(short), text=new.format(name=short), sources=()),
                running=device.running,
                method=device.platform.push_method(ROLES[short]),
            )
            for short, device in self.devices.items()
        ]
        return make_plan(SITE, facts, self.book)

    @property
    def ports(self):
        return PushPorts(
            transport=self.transport,
            runner=SerialRunner(),
            clock=self.clock,
            journal=self.journal,
            forms=SecretForms(secrets=self.secrets, book=self.book, salt=lambda: b"0123456789abcdef"),
        )

    def push(self, plan=None, verify=lambda targets: (), **more):
        return run_transaction(
            plan or self.plan(), self.targets, self.ports, verify=verify, on_event=self.events.append, run="r1", **more
        )

    @property
    def history(self):
        return tell_history("r1", self.journal.read())

    def resume(self, end=resume_transaction):
        """As a new process does: it knows the journal, and nothing of earlier logins."""
        self.transport = FakeTransport(list(self.devices.values()), self.secrets)
        history = self.history
        plan = plan_from_dict(json.loads(self.journal.kept("plan.json", history.plan_file)))
        return end(history, plan, self.targets, self.ports, by="ben", on_event=self.events.append)

    def abort(self):
        return self.resume(abort_transaction)

    def trouble(self, short, pattern, kind, times=1):
        self.devices[short].troubles.append(Trouble(pattern=pattern, kind=kind, times=times))

    def let_timers_fire(self):
        self.clock.sleep(100_000)
        for device in self.devices.values():
            device.settle()

    def runs(self, short):
        """old, new, or what neither is."""
        text = self.devices[short].running
        if text == self.before[short]:
            return "old"
        return "new" if "speed 1000" in text and "user site" in text and "day0" not in text else text


@pytest.fixture
def site():
    return FakeSite()


@pytest.fixture
def make_site():
    return FakeSite
