"""The command line of one login: the manager prompt and configuration mode."""

from siteauto.core.config import ConfigTree
from siteauto.lab.devices.aruba_aoscx import answers, exec_commands
from siteauto.lab.devices.aruba_aoscx.box import Box
from siteauto.lab.devices.aruba_aoscx.dialogue import Leave, Outcome, Question, Session
from siteauto.lab.devices.aruba_aoscx.filters import apply_filters, split_filters
from siteauto.lab.devices.aruba_aoscx.refusals import told
from siteauto.lab.devices.aruba_aoscx.typist import Typist
from siteauto.lab.shell import Reply
from siteauto.lab.terminal import CTRL_C, CTRL_Z
from siteauto.lab.written_grammar import Command, Match, Refusal, known, match, read_commands

PAGER = "-- MORE --, next page: Space, next line: Enter, quit: q"
COMMANDS: tuple[Command, ...] = (
    *known(__package__, "exec.txt")[""],
    *read_commands(f"{command} * answer" for command in answers.commands()),
)


class AoscxShell:
    """Implements Shell for one login."""

    def __init__(self, box: Box, user: str) -> None:
        self._box = box
        self._session = Session(box=box, user=user)
        self._typist: Typist | None = None
        self._question: Question | None = None

    @property
    def page_length(self) -> int:
        """`page N`; `no page`: never stop."""
        return self._session.page_length

    @property
    def pager(self) -> str:
        """What the pager prints."""
        return PAGER

    def greeting(self) -> Reply:
        """What stands on the screen after login."""
        now = self._box.spec.world.now()
        text = (
            f"Last login: {now:%Y-%m-%d %H:%M:%S} from 192.0.2.67\n"
            f'User "{self._session.user}" has logged in 12 times in the past 30 days\n'
        )
        return Reply(text=banner(self._box.running, "exec") + text, prompt=self._prompt())

    def help(self, partial: str) -> str | None:  # noqa: ARG002 - the protocol's signature
        """`?` is taken as it stands: nobody types here who would ask."""
        return None

    def receive(self, line: str) -> Reply:
        """One line."""
        if self._question is not None:
            question, self._question = self._question, None
            return self._reply("" if line == CTRL_C else question.answered(line))
        if line.endswith((CTRL_C, CTRL_Z)):
            self._typist = None if line.endswith(CTRL_Z) else self._typist
            return self._reply("")
        return self._reply(self._execute(line) if self._typist is None else self._configure(self._typist, line))

    def _configure(self, typist: Typist, line: str) -> Outcome:
        command = line.strip()
        if not typist.in_text:
            if command == "end":
                self._typist = None
                return ""
            if command == "exit":
                self._typist = typist if typist.leave() else None
                return ""
            if command.split(" ")[0] in ("do", "show", "write", "checkpoint", "copy") and not _is_setting(command):
                return self._execute(command.removeprefix("do "))
        typed = typist.type(line)
        self._box.change(typed.tree)
        return typed.text

    def _execute(self, line: str) -> Outcome:
        command, filters = split_filters(line)
        if not command or command.startswith("!"):
            return ""
        found = match(COMMANDS, command)
        if isinstance(found, Refusal):
            return told(found)
        outcome = self._act(found)
        return apply_filters(outcome, filters) if isinstance(outcome, str) and filters else outcome

    def _act(self, found: Match) -> Outcome:
        if found.action == "answer":
            return answers.answer(found.line, self._box)
        if found.action == "configure":
            self._typist = Typist(self._box)
            return ""
        return exec_commands.ACTIONS[found.action](self._session, found.words)

    def _reply(self, outcome: Outcome) -> Reply:
        if isinstance(outcome, Leave):
            return Reply(text=outcome.text, prompt="", close=True)
        if isinstance(outcome, Question):
            self._question = outcome
            return Reply(text=outcome.text, prompt=outcome.prompt)
        return Reply(text=outcome, prompt=self._prompt())

    def _prompt(self) -> str:
        name = self._box.hostname
        if self._typist is None:
            return f"{name}# "
        return f"{'' if self._typist.in_text else name}({self._typist.prompt})# "


def _is_setting(command: str) -> bool:
    return command.startswith("checkpoint post-configuration")


def banner(tree: ConfigTree, kind: str) -> str:
    """The text of a banner; empty: there is none."""
    node = tree.find(f"banner {kind}")
    return "\n".join((*node.body, "")) if node else ""
