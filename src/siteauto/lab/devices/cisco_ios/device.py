"""A box with its terminal: what the lab serves."""

import re

from siteauto.core.config import ConfigTree
from siteauto.core.errors import UsageError
from siteauto.lab.devices.cisco_ios.box import Box
from siteauto.lab.devices.cisco_ios.dialogue import Session
from siteauto.lab.devices.cisco_ios.file_typing import type_file
from siteauto.lab.devices.cisco_ios.passwords import verify
from siteauto.lab.devices.cisco_ios.shell import IosShell, banner
from siteauto.lab.flash import Flash
from siteauto.lab.services import SSH_ONLY, Services
from siteauto.lab.shell import Shell
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState


class CiscoIosDevice:
    """Implements SimulatedDevice. Boots from its day-0 text, which is saved, as somebody did it on the console."""

    def __init__(self, spec: DeviceSpec) -> None:
        self.box = Box(spec)
        typist = self.box.typist()
        typed = type_file(typist, spec.boot_text)
        if typed.refused:
            raise UsageError(
                f"{spec.name}: the box refuses lines of its day-0 text",
                expected="lines of the grammar of Cisco IOS",
                found="; ".join(line.strip() for line in typed.refused),
            )
        self.box.change(typist.tree, "console")
        for words in typed.actions:
            self.box.act(words)
        self.box.save("console")

    @property
    def name(self) -> str:
        """Its name in the inventory."""
        return self.box.spec.name

    @property
    def files(self) -> Flash | None:
        """Its flash."""
        return self.box.flash

    @property
    def services(self) -> Services:
        """Nothing but SSH."""
        return SSH_ONLY

    def state(self) -> DeviceState:
        """As the others meet it."""
        return self.box.state()

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from the startup configuration."""
        if on:
            self.box.boot(reason=self.box.reload_reason)
        else:
            self.box.lose_power()

    def login_banner(self) -> str:
        """`banner login`; SSH shows it before the password."""
        return banner(self.box.running, "login")

    def authenticate(self, user: str, password: str) -> bool:
        """Against the local users: no TACACS+ server answers in a lab, so that `local` behind it decides."""
        if not _falls_back_to_local(self.box.running):
            return False
        found = _account(self.box.running, user)
        return found is not None and verify(password, found[1], found[2])

    def shell(self, user: str) -> Shell:
        """A new login; one without an account sits at the console, where nobody asked for it."""
        account = _account(self.box.running, user)
        privilege = 15 if account is None else account[0] if _grants_privilege(self.box.running) else 1
        return IosShell(Session(box=self.box, user=user, privilege=privilege))

    def execute(self, user: str, command: str) -> str | None:
        """A command by an SSH exec request, as IOS answers it: the same as typed, then the session ends."""
        shell = self.shell(user)
        shell.receive("terminal length 0")
        return shell.receive(command).text


def _account(tree: ConfigTree, user: str) -> tuple[int, str, str] | None:
    """Privilege, kind of hash and hash of a local user."""
    for node in tree.children.values():
        found = re.match(rf"username {re.escape(user)} (?:privilege (\d+) )?(?:secret|password) (\d) (\S+)", node.line)
        if found:
            return int(found[1] or 1), found[2], found[3]
    return None


def _falls_back_to_local(tree: ConfigTree) -> bool:
    lines = [node.line for node in tree.children.values()]
    if "aaa new-model" in lines:
        methods = [line for line in lines if line.startswith("aaa authentication login default ")]
        return not methods or "local" in methods[0].split() or "local-case" in methods[0].split()
    vty = [node for node in tree.children.values() if node.line.startswith("line vty ")]
    return any(child.line == "login local" for node in vty for child in node.children.values())


def _grants_privilege(tree: ConfigTree) -> bool:
    """With AAA, only an exec authorisation that ends at the local users gives a user's privilege."""
    lines = [node.line for node in tree.children.values()]
    if "aaa new-model" not in lines:
        return True
    return any(line.startswith("aaa authorization exec ") and "local" in line.split() for line in lines)
