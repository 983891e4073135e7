"""The command line over SSH: what is typed, echoed by the lab's terminal, with prompts and a pager."""

from siteauto.lab.devices.arista_eos.commands import Commands
from siteauto.lab.devices.arista_eos.typist import RefusedError
from siteauto.lab.shell import Reply
from siteauto.lab.terminal import CTRL_C, CTRL_Z

PAGE = 24


class EosShell:
    """Implements Shell for one login."""

    pager = " --More-- "

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._length = PAGE

    @property
    def page_length(self) -> int:
        """`terminal length`."""
        return self._length

    def greeting(self) -> Reply:
        """Nothing but the prompt."""
        return Reply(text="", prompt=self._commands.prompt)

    def help(self, partial: str) -> str | None:  # noqa: ARG002 - the port's signature
        """The box would list words; a driver never asks."""
        return "% Unrecognized command"

    def receive(self, line: str) -> Reply:
        """One line."""
        if line == CTRL_C or line.endswith(CTRL_Z):
            line = "end" if self._commands.typist is not None else ""
        command = line.strip()
        if self._commands.typist is None and command in ("exit", "logout", "quit"):
            return Reply(text="", prompt="", close=True)
        try:
            return self._answer(command if not self._in_text() else line)
        except RefusedError as refused:
            return Reply(text=f"% {refused}\n", prompt=self._commands.prompt)

    def _in_text(self) -> bool:
        return self._commands.typist is not None and self._commands.typist.in_text

    def _answer(self, line: str) -> Reply:
        if not line and not self._in_text():
            return Reply(text="", prompt=self._commands.prompt)
        done = self._commands.run(line)
        if line.startswith("terminal length "):
            self._length = int(line.split()[2])
        return Reply(text=done.text, prompt="" if self._in_text() else self._commands.prompt, close=done.leave)
