"""The command line of one login: exec and configuration mode."""

from siteauto.lab.devices.cisco_nxos import answers
from siteauto.lab.devices.cisco_nxos.box import Box
from siteauto.lab.devices.cisco_nxos.exec_commands import ACTIONS
from siteauto.lab.devices.cisco_nxos.refusals import told
from siteauto.lab.devices.cisco_nxos.typist import Typist
from siteauto.lab.shell import Reply
from siteauto.lab.terminal import CTRL_C, CTRL_Z
from siteauto.lab.written_grammar import Match, Refusal, known, match, read_commands

COMMANDS = (
    *known(__package__, "exec.txt")[""],
    *read_commands(f"{command} * answer" for one in answers.ANSWERS for command in one.commands),
)
SURE = "This command will reboot the system. (y/n)?  [n] "


class NxosShell:
    """Implements Shell for one login."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._length = 24
        self._typist: Typist | None = None
        self._asked = False

    @property
    def page_length(self) -> int:
        """`terminal length`."""
        return self._length

    @property
    def pager(self) -> str:
        """What the pager prints."""
        return "--More--"

    def greeting(self) -> Reply:
        """What stands on the screen after login."""
        return Reply(text="", prompt=self._prompt())

    def help(self, partial: str) -> str | None:  # noqa: ARG002 - the protocol's signature
        """`?` is taken as it stands: nobody types here who would ask."""
        return None

    def receive(self, line: str) -> Reply:
        """One line."""
        if self._asked:
            self._asked = False
            return self._reboot() if line.strip() == "y" else self._reply("")
        if line.endswith((CTRL_C, CTRL_Z)):
            self._typist = None
            return self._reply("")
        return self._configure(self._typist, line) if self._typist is not None else self._execute(line)

    def _configure(self, typist: Typist, line: str) -> Reply:
        if not typist.in_text and line.strip() in ("end", "exit"):
            stays = line.strip() == "exit" and typist.leave()
            self._typist = typist if stays else None
            return self._reply("")
        typed = typist.type(line, len(self._prompt()))
        self._box.change(typed.tree)
        return self._reply(typed.text)

    def _execute(self, line: str) -> Reply:
        command = line.strip()
        if not command or command.startswith("!"):
            return self._reply("")
        found = match(COMMANDS, command)
        if isinstance(found, Refusal):
            return self._reply(told(found, command, len(self._prompt())))
        if found.action == "leave":
            return Reply(text="", prompt="", close=True)
        if found.action == "reload":
            self._asked = True
            return Reply(text="", prompt=SURE)
        return self._reply(self._act(found))

    def _act(self, found: Match) -> str:
        if found.action == "configure":
            self._typist = Typist(self._box)
            return "Enter configuration commands, one per line. End with CNTL/Z.\n"
        if found.action == "length":
            self._length = int(found.words[2])
            return ""
        return ACTIONS[found.action](self._box, found.words)

    def _reboot(self) -> Reply:
        self._box.spec.world.reboot(self._box.spec.name)
        return Reply(text="", prompt="", close=True)

    def _reply(self, text: str) -> Reply:
        return Reply(text=text, prompt=self._prompt())

    def _prompt(self) -> str:
        if self._typist is None:
            return f"{self._box.hostname}# "
        return "> " if self._typist.in_text else f"{self._box.hostname}({self._typist.prompt})# "
