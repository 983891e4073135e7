"""What one login can do, over whichever wire: enable mode, configuration mode, sessions. Lines in, `Done` out."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from siteauto.core.config import to_text
from siteauto.lab.devices.arista_eos.answers import ANSWERS, find_answer
from siteauto.lab.devices.arista_eos.answers_routing import ping
from siteauto.lab.devices.arista_eos.box import Box, unified
from siteauto.lab.devices.arista_eos.filters import filtered, split_pipe
from siteauto.lab.devices.arista_eos.parameters import accepts
from siteauto.lab.devices.arista_eos.sessions import ConfigSession
from siteauto.lab.devices.arista_eos.typist import RefusedError, Typist
from siteauto.lab.grammar import Match, Refusal, compile_grammar, match

SAVED = "Copy completed successfully.\n"
EXEC = """
enable
disable
configure [terminal] * configure
configure session [<word>] * session
configure session <word> (commit|abort) * end_session
configure session <word> commit timer <time> * end_session
no configure session <word> * delete_session
configure replace <word> * replace
write [memory] * save
copy running-config <word> * copy_running
copy startup-config <word> * copy_startup
reload now * reload
terminal (length|width) <line> * terminal
ping <line> * ping
show running-config diffs * running_diffs
show session-config named <word> * session_config
show session-config named <word> diffs * session_diffs
show session-config diffs * session_diffs
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a line printed, and what it means to programs. `data` None: nobody has made a model of it."""

    text: str = ""
    data: dict[str, object] | None = None
    leave: bool = False


NOTHING = Done(data={})


def _accepts(parameter: str, text: str) -> str | None:
    if parameter == "time":
        return text if re.fullmatch(r"\d{1,2}:\d{1,2}:\d{1,2}", text) else None
    return accepts(parameter, text)


GRAMMAR = compile_grammar(
    (*(f"{command} * answer" for one in ANSWERS for command in one.commands), *EXEC.splitlines()), _accepts
)


class Commands:
    """One login, or one request: where it stands, and what its lines do."""

    def __init__(self, box: Box, user: str, terminal: str, *, privileged: bool = True) -> None:
        self._box = box
        self._user = user
        self._terminal = terminal
        self.privileged = privileged
        self.typist: Typist | None = None
        self.session: ConfigSession | None = None

    def run(self, line: str, text: str | None = None) -> Done:
        """Do one line. Raises RefusedError. `text` is what the line would ask for next: the words of a banner."""
        if self.typist is not None:
            return self._configure(self.typist, line, text)
        command, pipe = split_pipe(line)
        found = match(GRAMMAR, command)
        if isinstance(found, Refusal):
            raise RefusedError(self._refusal(found, command))
        done = self._do(found)
        if pipe == ("json",):
            return Done(text=_as_json(done.data), data=done.data)
        return Done(text=filtered(done.text, pipe), leave=done.leave) if pipe else done

    @property
    def prompt(self) -> str:
        """`sw1>`, `sw1#`, `sw1(config)#`, `sw1(config-if-Et1)#`, `sw1(config-s-NAME)#`."""
        name = self._box.state().hostname
        if self.typist is None:
            return f"{name}{'#' if self.privileged else '>'}"
        where = f"config-s-{self.session.name[:6]}" if self.session is not None else "config"
        return f"{name}({where}{_prompt_of(self.typist.mode)})#"

    # ── configuration mode ───────────────────────────────────────────────────────────────────────────────────────────

    def _configure(self, typist: Typist, line: str, text: str | None) -> Done:
        words = line.strip().split()
        if typist.in_text or not words:
            typist.type(line)
            self._follow(typist)
            return NOTHING
        if words == ["end"] or (words == ["exit"] and not typist.leave()):
            self._leave_configuration()
            return NOTHING
        if words == ["exit"]:
            return NOTHING
        if self.session is not None and words[0] in ("commit", "abort", "rollback"):
            return self._in_session(self.session, words)
        if words[0] in ("show", "ping", "write", "copy", "configure"):
            self.typist, held = None, typist
            try:
                return self.run(line)
            finally:
                self.typist = self.typist or held
        typist.type(line, text)
        self._follow(typist)
        return NOTHING

    def _follow(self, typist: Typist) -> None:
        """Outside a session, every line is live at once."""
        if self.session is None and not typist.in_text:
            self._box.change(typist.tree, self._user)

    def _leave_configuration(self) -> None:
        if self.session is not None:
            self.session.entered = False
            self.session.typist.to_top()
        self.typist = self.session = None

    def _in_session(self, session: ConfigSession, words: list[str]) -> Done:
        if words[0] == "rollback":
            if words[1:] != ["clean-config"]:
                raise RefusedError("Invalid input (at token 1)")
            session.typist.tree = self._box.clean_tree()
            return NOTHING
        self._end_session(("configure", "session", session.name, *words))
        self._leave_configuration()
        return NOTHING

    # ── enable mode ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _do(self, found: Match) -> Done:
        words = found.words
        if words[0] in ("enable", "disable"):
            self.privileged = words[0] == "enable"
            return NOTHING
        if not self.privileged and words[0] not in ("show", "ping", "terminal"):
            raise RefusedError("Invalid input (privileged mode required)")
        if found.action == "answer":
            answer, arguments = find_answer(words)
            view = self._box.view()
            return Done(text=answer.text(view, arguments), data=answer.data(view, arguments) if answer.data else None)
        actions: dict[str, Callable[[tuple[str, ...]], Done]] = {
            "configure": self._open_configuration,
            "session": self._open_session,
            "end_session": self._end_session,
            "delete_session": self._delete_session,
            "replace": self._replace,
            "save": self._save,
            "copy_running": self._copy_running,
            "copy_startup": self._copy_startup,
            "reload": self._reload,
            "terminal": self._set_terminal,
            "ping": self._ping,
            "running_diffs": self._running_diffs,
            "session_config": self._session_config,
            "session_diffs": self._session_diffs,
        }
        return actions[found.action](words)

    def _open_configuration(self, _: tuple[str, ...]) -> Done:
        self.typist = self._box.typist()
        return NOTHING

    def _open_session(self, words: tuple[str, ...]) -> Done:
        name = words[2] if len(words) > 2 else f"sess-{len(self._box.sessions.all()) + 1}"
        self.session = self._box.sessions.enter(name, user=self._user, terminal=self._terminal)
        self.typist = self.session.typist
        return NOTHING

    def _end_session(self, words: tuple[str, ...]) -> Done:
        name, verb = words[2], words[3]
        if verb == "abort":
            self._box.sessions.abort(name, self._user)
            return NOTHING
        timer = None
        if len(words) > 5:
            hours, minutes, seconds = map(int, words[5].split(":"))
            timer = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        self._box.sessions.commit(name, self._user, timer=timer)
        return NOTHING

    def _delete_session(self, words: tuple[str, ...]) -> Done:
        self._box.sessions.delete(words[3])
        return NOTHING

    def _replace(self, words: tuple[str, ...]) -> Done:
        if words[2] not in self._box.files:
            raise RefusedError(f"Error loading {words[2]} (No such file or directory)")
        self._box.change(self._box.load(self._box.files[words[2]]), self._user)
        return NOTHING

    def _save(self, _: tuple[str, ...] = ()) -> Done:
        self._box.save(self._user)
        return Done(text=SAVED, data={"messages": [SAVED.strip()]})

    def _copy_running(self, words: tuple[str, ...]) -> Done:
        if words[2] == "startup-config":
            return self._save()
        self._box.files[words[2]] = self._box.text()
        return Done(text=SAVED, data={})

    def _copy_startup(self, words: tuple[str, ...]) -> Done:
        self._box.files[words[2]] = self._box.startup
        return Done(text=SAVED, data={})

    def _reload(self, _: tuple[str, ...]) -> Done:
        self._box.spec.world.reboot(self._box.spec.name)
        return Done(leave=True, data={})

    @staticmethod
    def _set_terminal(words: tuple[str, ...]) -> Done:
        what = "Pagination disabled." if words[2] == "0" else f"{words[1].capitalize()} set to {words[2]} columns."
        return Done(text=f"{what}\n", data={})

    def _ping(self, words: tuple[str, ...]) -> Done:
        return Done(text=ping(self._box.view(), words[1]), data=None)

    def _running_diffs(self, _: tuple[str, ...]) -> Done:
        names = ("flash:/startup-config", "system:/running-config")
        return Done(text=unified(self._box.startup, self._box.text(), names=names))

    def _session_config(self, words: tuple[str, ...]) -> Done:
        return Done(text=to_text(self._session_named(words[3]).typist.tree))

    def _session_diffs(self, words: tuple[str, ...]) -> Done:
        session = self.session if words[2] == "diffs" else self._session_named(words[3])
        if session is None:
            raise RefusedError("Not in a configuration session")
        names = ("system:/running-config", f"session:/{session.name}-session-config")
        return Done(text=unified(self._box.text(), to_text(session.typist.tree), names=names))

    def _session_named(self, name: str) -> ConfigSession:
        found = self._box.sessions.find(name)
        if found is None:
            raise RefusedError(f"Session {name} does not exist")
        return found

    @staticmethod
    def _refusal(found: Refusal, line: str) -> str:
        if found.kind != "invalid":
            return f"{found.kind.capitalize()} command"
        at = len(line[: found.column].split())
        words = line.split()
        return f"Invalid input (at token {min(at, len(words) - 1)}: '{words[min(at, len(words) - 1)]}')"


def _as_json(data: dict[str, object] | None) -> str:
    return "% This is an unconverted command\n" if data is None else json.dumps(data, indent=4) + "\n"


def _prompt_of(header: str) -> str:
    """`interface Ethernet1` -> `-if-Et1`."""
    words = header.split()
    short = {"interface": "if", "vlan": "vlan", "router": "router", "management": "mgmt"}
    if not words:
        return ""
    name = "-".join(words[1:])[:12]
    return f"-{short.get(words[0], words[0][:6])}-{name.replace('Ethernet', 'Et').replace('Vlan', 'Vl')}"
