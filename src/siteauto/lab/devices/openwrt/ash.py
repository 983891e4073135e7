"""One login's BusyBox shell: prompt, variables, one-line functions, lists of commands, and a pipe to `passwd`."""

import re
from collections.abc import Callable, Sequence

from siteauto.lab.devices.openwrt import ubus
from siteauto.lab.devices.openwrt.answers import run_program
from siteauto.lab.devices.openwrt.box import Box
from siteauto.lab.devices.openwrt.factory import RELEASE, REVISION
from siteauto.lab.devices.openwrt.rpcd import STATUSES, UbusError
from siteauto.lab.devices.openwrt.uci_command import STAGED, Uci, UciError
from siteauto.lab.devices.openwrt.words import STATUS, Command, OpenQuoteError, UnsetVariableError, split_commands
from siteauto.lab.shell import Reply

CTRL_C = "\x03"
CONTINUED = "> "
_FUNCTION = re.compile(r"(\w+)\(\) \{ (.*); \}")
_VARIABLE = re.compile(r"(\w+)=(.*)", re.DOTALL)


class Ash:
    """Implements Shell."""

    pager = ""
    page_length = 0

    def __init__(self, box: Box) -> None:
        self._box = box
        self._open = ""
        self._variables: dict[str, str] = {}
        self._functions: dict[str, str] = {}
        self._close = False
        self._status = 0  # of the last command

    @property
    def failed(self) -> bool:
        """Whether the last command did."""
        return self._status != 0

    @property
    def prompt(self) -> str:
        """`root@ap1:~# `."""
        return f"root@{self._box.hostname}:~# "

    def greeting(self) -> Reply:
        """What stands on the screen after login."""
        text = f"\n\nBusyBox v1.36.1 built-in shell (ash)\n\n OpenWrt {RELEASE}, {REVISION}\n\n"
        return Reply(text=text, prompt=self.prompt)

    def help(self, partial: str) -> str | None:
        """A question mark is a character like others."""
        del partial
        return None

    def receive(self, line: str) -> Reply:
        """The shell's answer to one line."""
        if line == CTRL_C:
            self._open = ""
            return Reply(text="", prompt=self.prompt)
        text, self._open = self._open + line.rstrip("\x1a"), ""
        if found := _FUNCTION.fullmatch(text):
            self._functions[found[1]] = found[2]
            return Reply(text="", prompt=self.prompt)
        try:
            commands = split_commands(text, self._variables)
        except OpenQuoteError:
            self._open = text + "\n"
            return Reply(text="", prompt=CONTINUED)
        except UnsetVariableError as name:
            return Reply(text=self._failing(None, f"-ash: {name}: parameter not set or null", 2), prompt=self.prompt)
        printed = ""
        for command in commands:
            if (command.after == "&&" and self.failed) or (command.after == "||" and not self.failed):
                continue
            printed += self._run(command)
        return Reply(text=printed, prompt=self.prompt, close=self._close)

    def _run(self, command: Command) -> str:
        words = [str(self._status) if word == STATUS else word for word in command.words]
        self._status = 0
        if command.pipe:
            return self._piped(words, command.pipe)
        if found := _VARIABLE.fullmatch(words[0]):
            self._variables[found[1]] = found[2]
            return ""
        if words[0] in self._functions:
            body = self._functions[words[0]].replace(' "$@"', "")
            (inner,) = split_commands(body.removeprefix("command "), self._variables)
            words = [*inner.words, *words[1:]]
        elif words[0] == "command":
            words = words[1:]
        builtins: dict[str, Callable[[Sequence[str]], str]] = {
            "uci": self._uci,
            "ubus": self._ubus,
            ".": lambda _: "",
            "true": lambda _: "",
            "echo": lambda rest: " ".join(rest) + "\n",
            "exit": self._exit,
            "reload_config": self._reload,
            "start-stop-daemon": self._start_job,
            "reboot": self._reboot,
        }
        if words[0] in builtins:
            return builtins[words[0]](words[1:])
        return self._failing(run_program(self._box, words), f"-ash: {words[0]}: not found")

    def _failing(self, text: str | None, otherwise: str, status: int = 1) -> str:
        if text is None:
            self._status = status
            return f"{otherwise}\n"
        return text

    # ── commands that change something ───────────────────────────────────────────────────────────────────────────────

    def _uci(self, words: Sequence[str]) -> str:
        rest, folder, quiet = list(words), STAGED, False
        while rest and rest[0].startswith("-"):
            option = rest.pop(0)
            quiet |= option == "-q"
            if option in ("-t", "-P", "-p") and rest:
                folder = rest.pop(0)
        try:
            return Uci(self._box, folder).run(rest)
        except UciError as error:
            return "" if quiet and self._failing(None, "") else self._failing(None, str(error))

    def _ubus(self, words: Sequence[str]) -> str:
        quiet = "-S" in words
        rest = [word for word in words if word != "-S"]
        try:
            return ubus.call(self._box, rest)
        except UbusError as error:
            told = self._failing(None, f"Command failed: {error}", STATUSES.get(str(error), 1))
            return "" if quiet else told

    def _piped(self, words: Sequence[str], pipe: Sequence[str]) -> str:
        r"""`printf "%s\n%s\n" A A | passwd root`: the one pipe of the grammar."""
        if words[0] != "printf" or list(pipe) != ["passwd", "root"] or len(words) != 4:
            return self._failing(None, f"-ash: {pipe[0]}: not found")
        text = "Changing password for root\nNew password:\nRetype password:\n"
        if words[2] != words[3]:
            return text + self._failing(None, "passwd: password for root is unchanged")
        self._box.set_password(words[2])
        return text + "passwd: password for root changed by root\n"

    def _reload(self, _: Sequence[str]) -> str:
        self._box.reload()
        return ""

    def _start_job(self, words: Sequence[str]) -> str:
        """The one job of the grammar: after some seconds, services restart. Some script or other always runs."""
        if "-n" not in words:
            return self._failing(None, "/bin/sh is already running")
        found = re.match(r"sleep (\d+); /etc/init.d/\w+ restart", words[-1] if words else "")
        if found is None:
            return self._failing(None, "start-stop-daemon: no such job")
        self._box.restart_soon(int(found[1]))
        return ""

    def _reboot(self, _: Sequence[str]) -> str:
        self._box.world.reboot(self._box.spec.name)
        return ""

    def _exit(self, _: Sequence[str]) -> str:
        self._close = True
        return ""
