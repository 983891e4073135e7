"""The command line of one login: user and privileged exec, configuration mode, questions, tclsh."""

from siteauto.core.config import ConfigTree
from siteauto.lab.devices.cisco_ios import answers, exec_archive, exec_files, exec_terminal
from siteauto.lab.devices.cisco_ios.dialogue import REMOVES_USER, Action, Leave, Outcome, Question, Session, confirmed
from siteauto.lab.devices.cisco_ios.filters import split_pipe
from siteauto.lab.devices.cisco_ios.modes import exec_grammar
from siteauto.lab.devices.cisco_ios.tcl import MORE, Tcl
from siteauto.lab.devices.cisco_ios.typist import INCOMPLETE, INVALID, SPACED_NAME
from siteauto.lab.grammar import Match, Node, Refusal, match, next_words
from siteauto.lab.shell import Reply
from siteauto.lab.terminal import CTRL_C, CTRL_Z

PAGER = " --More-- "
UNKNOWN = "% Bad IP address or host name\n% Unknown command or computer name, or unable to find computer address\n"
USER_COMMANDS = ("enable", "disable", "exit", "quit", "logout", "show", "ping", "terminal")
ACTIONS: dict[str, Action] = {
    "terminal_width": exec_terminal.terminal_width,
    "terminal_length": exec_terminal.terminal_length,
    "nothing": exec_terminal.nothing,
    "clear": exec_terminal.nothing,
    "undebug": lambda session, words: "All possible debugging has been turned off\n",  # noqa: ARG005
    "enable": exec_terminal.enable,
    "disable": exec_terminal.disable,
    "leave": exec_terminal.leave,
    "configure": exec_terminal.configure,
    "configure_prompt": exec_terminal.configure_prompt,
    "configure_timed": exec_archive.configure_timed,
    "confirm": exec_archive.confirm,
    "revert_now": exec_archive.revert_now,
    "revert_later": exec_archive.revert_later,
    "replace": exec_archive.replace,
    "show_archive": exec_archive.show_archive,
    "differences": exec_archive.differences,
    "incremental": exec_archive.incremental,
    "rollback_timer": exec_archive.rollback_timer,
    "archive_log": exec_terminal.show_archive_log,
    "copy": exec_files.copy,
    "dir": exec_files.dir_,
    "more": exec_files.more,
    "delete": exec_files.delete,
    "verify": exec_files.verify,
    "erase": exec_files.erase,
    "write_memory": exec_files.write_memory,
    "reload": exec_terminal.reload,
    "ping": exec_terminal.ping,
    "show_running": exec_terminal.show_running,
    "show_section": exec_terminal.show_section,
    "show_startup": exec_terminal.show_startup,
    "show_users": exec_terminal.show_users,
    "show_privilege": exec_terminal.show_privilege,
    "show_history": exec_terminal.show_history,
    "show_terminal": exec_terminal.show_terminal,
    "show_file_systems": exec_terminal.show_file_systems,
    "answer": lambda session, words: answers.answer(" ".join(words), session.box.view()) or "",
}


class IosShell:
    """Implements Shell for one login."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._question: Question | None = None
        self._tcl: Tcl | None = None
        self._exec = exec_grammar(answers.commands_of(session.box.hardware))

    @property
    def page_length(self) -> int:
        """`terminal length`."""
        return self._session.length

    @property
    def pager(self) -> str:
        """What the pager prints."""
        return PAGER

    def greeting(self) -> Reply:
        """The banners for whoever has logged in, then the prompt."""
        banners = "".join(banner(self._session.box.running, kind) for kind in ("motd", "exec"))
        return Reply(text=banners, prompt=f"\n{self._prompt()}")

    def help(self, partial: str) -> str | None:
        """The words that may stand next."""
        if self._tcl is not None or self._question is not None:
            return None
        typist = self._session.typist
        if typist is not None and typist.in_text:
            return None
        words = next_words(self._exec if typist is None else typist.mode.root, partial)
        return "\n".join(f"  {word}" for word in words) if words else "% Unrecognized command"

    def receive(self, line: str) -> Reply:
        """One line."""
        if self._question is not None:
            return self._answer(line)
        if line == CTRL_C:
            return self._interrupt()
        if self._tcl is not None:
            return self._in_tcl(line)
        if self._session.typist is not None:
            return self._reply(self._configure(line))
        return self._reply(self._execute(line.rstrip(CTRL_Z), len(self._prompt())))

    # ── questions, interruptions, Tcl ────────────────────────────────────────────────────────────────────────────────

    def _answer(self, line: str) -> Reply:
        question, self._question = self._question, None
        if line == CTRL_C or question is None:
            return self._reply("")
        return self._reply(question.answered(line))

    def _interrupt(self) -> Reply:
        """Ctrl-C leaves configuration mode, as Ctrl-Z does."""
        self._session.typist = None
        return self._reply("")

    def _in_tcl(self, line: str) -> Reply:
        tcl = self._tcl
        if tcl is not None and not tcl.inside and line.strip() in ("tclquit", "exit"):
            self._tcl = None
            return self._reply(tcl.quit())
        answer = tcl.receive(line) if tcl is not None else ""
        return self._reply(self._execute(line, len(self._prompt())) if answer is None else answer)

    # ── configuration mode ───────────────────────────────────────────────────────────────────────────────────────────

    def _configure(self, line: str) -> Outcome:
        session, typist = self._session, self._session.typist
        if typist is None:
            return ""
        command = line.rstrip(CTRL_Z).strip()
        if not typist.in_text:
            if command.split(" ")[0].lower() == "do" and " " in command:
                return self._execute(command.split(None, 1)[1], len(self._prompt()) + 3)
            if command == "end" or (line.endswith(CTRL_Z) and not command):
                session.typist = None
                return ""
            if command == "exit":
                session.typist = typist if typist.leave() else None
                return ""
        if command.startswith("no username "):
            confirmation = self._removes_user(command)
            if confirmation is not None:
                return confirmation
        return self._typed(line.rstrip(CTRL_Z), ends=line.endswith(CTRL_Z))

    def _typed(self, line: str, *, ends: bool = False) -> Outcome:
        session, typist = self._session, self._session.typist
        if typist is None:
            return ""
        typist.tree = session.box.running  # others type too
        typed = typist.type(line, prompt_width=len(self._prompt()))
        session.box.change(typist.tree, session.user)
        if ends:
            session.typist = None
        if typed.action == "generate_key":
            return exec_terminal.generate_key(typed.words)
        if typed.action:
            session.box.act(typed.words)
        return typed.text

    def _removes_user(self, command: str) -> Question | None:
        name = command.split()[2]
        if name not in self._session.box.users():
            return None
        return Question(
            prompt=REMOVES_USER,
            answered=lambda answer: self._typed(f"no username {name}") if confirmed(answer) else "",
        )

    # ── exec mode ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _execute(self, line: str, width: int) -> Outcome:
        command, filters = split_pipe(SPACED_NAME.sub(r"\1 \2\3", line))
        stripped = command.strip()
        if not stripped or stripped.startswith("!"):
            return ""
        self._session.history.append(stripped)
        if self._session.privilege < 15 and not _for_users(stripped):
            return f"{' ' * width}^\n{INVALID}\n"
        found = match(self._exec, command)
        if isinstance(found, Refusal):
            return _refused(found, stripped, width, known=_begins(self._exec, stripped))
        if found.action == "tcl":
            self._tcl = Tcl(self._session.box.flash)
            return ""
        return self._act(found, filters, width + len(command))

    def _act(self, found: Match, filters: tuple[str, ...], column: int) -> Outcome:
        if found.action not in ACTIONS:
            return f"{' ' * column}^\n{INVALID}\n"
        outcome = ACTIONS[found.action](self._session, found.words)
        if isinstance(outcome, str) and filters:
            kept = exec_terminal.filtered(outcome, filters)
            return f"{' ' * (column + 1)}^\n{INVALID}\n" if kept is None else kept
        return outcome

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────────

    def _reply(self, outcome: Outcome) -> Reply:
        if isinstance(outcome, Leave):
            return Reply(text=outcome.text, prompt="", close=True)
        if isinstance(outcome, Question):
            self._question = outcome
            return Reply(text=outcome.text, prompt=outcome.prompt, echo=outcome.echo)
        return Reply(text=outcome, prompt=self._prompt())

    def _prompt(self) -> str:
        name = self._session.box.hostname
        if self._tcl is not None:
            return MORE if self._tcl.inside else f"{name}(tcl)#"
        typist = self._session.typist
        if typist is None:
            return f"{name}{'#' if self._session.privilege == 15 else '>'}"
        return "" if typist.in_text else f"{name[:20]}({typist.mode.name})#"


def banner(tree: ConfigTree, kind: str) -> str:
    """The text of a banner; empty: there is none."""
    node = tree.find(f"banner {kind}")
    return "\n".join((*node.body, "")) if node else ""


def _for_users(command: str) -> bool:
    """Whether a login without privileges may do this: the configuration is not for it."""
    words = command.split()
    is_known = any(name.startswith(words[0].lower()) for name in USER_COMMANDS)
    return is_known and not (len(words) > 1 and words[1].lower().startswith(("run", "start", "arch", "conf")))


def _begins(root: Node, command: str) -> bool:
    return any(name.startswith(command.split(None, 1)[0].lower()) for name in root.literals)


def _refused(refusal: Refusal, command: str, width: int, *, known: bool) -> str:
    if refusal.kind == "incomplete":
        return INCOMPLETE + "\n"
    if refusal.kind == "ambiguous":
        return f'% Ambiguous command:  "{command}"\n'
    if not known:
        return UNKNOWN
    return f"{' ' * (width + refusal.column)}^\n{INVALID}\n"
