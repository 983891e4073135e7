"""The command line of one login: operational mode (`>`) and configuration mode (`#`)."""

import re
from collections.abc import Callable

from siteauto.core.config import ConfigSession
from siteauto.core.config.path_words import Words, path_words
from siteauto.lab.devices.juniper_junos.answer import UnknownWordError
from siteauto.lab.devices.juniper_junos.answers import answer, piped
from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.database import DEFAULT_MINUTES, RefusedError
from siteauto.lab.devices.juniper_junos.factory import BUILT, VERSION
from siteauto.lab.devices.juniper_junos.listing import as_braces, as_commands, children_at
from siteauto.lab.devices.juniper_junos.loading import load_commands, load_text
from siteauto.lab.shell import Reply

EDITING = ("set", "delete", "deactivate", "activate", "insert", "rename", "annotate")
LOADING = re.compile(r"load (?P<action>override|merge|replace|set) terminal")
CTRL_D = "\x04"
PAGE = 24


class JunosShell:
    """Implements Shell."""

    def __init__(self, box: Box, user: str) -> None:
        self._box = box
        self._user = user
        self._holder = box.new_login(user)
        self._configuring = False
        self._path: Words = ()
        self._loading: tuple[str, list[str]] | None = None
        self._asked: Callable[[bool], Reply] | None = None
        self._length = PAGE

    @property
    def page_length(self) -> int:
        """`set cli screen-length`; 0: never."""
        return self._length

    @property
    def pager(self) -> str:
        """What stands at the end of a page."""
        return "---(more)---"

    def greeting(self) -> Reply:
        """After the login."""
        return self._reply(f"--- JUNOS {VERSION} built {BUILT}\n")

    def help(self, partial: str) -> str | None:  # noqa: ARG002 - no list of words is simulated
        """`?` is not simulated."""
        return ""

    def receive(self, line: str) -> Reply:
        """The box's answer to one line."""
        if self._asked is not None:
            asked, self._asked = self._asked, None
            return asked(line.strip().lower() in ("yes", "y"))
        if self._loading is not None:
            return self._load_line(line)
        if line.endswith("\x03") or not line.strip():
            return self._reply("")
        try:
            return self._configuration_line(line.strip()) if self._configuring else self._operational_line(line.strip())
        except RefusedError as refusal:
            return self._reply(f"error: {refusal}\n")
        except UnknownWordError as word:
            return self._reply(self._caret(line, str(word)))

    # ── operational mode ─────────────────────────────────────────────────────────────────────────────────────────────

    def _operational_line(self, line: str) -> Reply:
        words = line.split()
        acts: dict[str, Callable[[list[str]], Reply]] = {
            "exit": lambda _: Reply(text="", prompt="", close=True),
            "quit": lambda _: Reply(text="", prompt="", close=True),
            "configure": self._configure,
            "edit": self._configure,
            "set": self._set_cli,
            "request": self._request,
        }
        if words[0] in acts:
            return acts[words[0]](words[1:])
        text = answer(self._box, line)
        if text is None:
            raise UnknownWordError(words[-1] if words[0] == "show" else words[0])
        return self._reply(text)

    def _set_cli(self, words: list[str]) -> Reply:
        """`set cli screen-length N` and its like, which drivers send after the login."""
        if words[:1] != ["cli"] or len(words) < 3:
            raise UnknownWordError(words[0] if words else "")
        if words[1] == "complete-on-space":
            return self._reply("Disabling complete-on-space\n")
        if words[1] == "screen-length":
            self._length = int(words[2])
        return self._reply(f"{words[1].replace('-', ' ').capitalize()} set to {words[-1]}\n")

    def _request(self, words: list[str]) -> Reply:
        if words[:3] == ["system", "logout", "user"]:
            return self._log_out(words[3])
        if words[:2] == ["system", "reboot"]:
            self._asked = self._reboot
            return Reply(text="", prompt="Reboot the system ? [yes,no] (no) ")
        raise UnknownWordError(words[0] if words else "")

    def _configure(self, words: list[str]) -> Reply:
        if words[:1] == ["exclusive"]:
            self._box.database.take_lock(self._holder)
            note = "warning: uncommitted changes will be discarded on exit\n"
        elif words[:1] == ["private"]:
            return self._reply("error: a private candidate is not simulated\n")
        else:
            note = "The configuration has been changed but not committed\n" if self._box.database.is_changed else ""
        self._configuring, self._path = True, ()
        return self._reply(f"{note}Entering configuration mode\n\n")

    def _log_out(self, user: str) -> Reply:
        lock = self._box.database.lock
        if lock is not None and lock.user == user:
            self._box.database.release(lock)
        return self._reply("")

    def _reboot(self, sure: bool) -> Reply:  # noqa: FBT001 - an answer to a question
        if sure:
            self._box.world.reboot(self._box.spec.name)
        return self._reply("")

    # ── configuration mode ───────────────────────────────────────────────────────────────────────────────────────────

    def _configuration_line(self, line: str) -> Reply:
        verb, *rest = path_words(line)
        words = tuple(rest)
        acts: dict[str, Callable[[], Reply]] = {
            **{word: lambda: self._edit((verb, *words)) for word in EDITING},
            **{word: lambda: self._move(verb, words) for word in ("edit", "up", "top", "exit", "quit")},
            "show": lambda: self._show(line),
            "commit": lambda: self._commit(words),
            "rollback": lambda: self._roll_back(words),
            "run": lambda: self._reply(answer(self._box, " ".join(words)) or "\nunknown command.\n"),
            "load": lambda: self._begin_to_load(line),
        }
        if verb not in acts:
            raise UnknownWordError(verb)
        return acts[verb]()

    def _roll_back(self, words: Words) -> Reply:
        self._box.database.roll_back(int(words[0]) if words else 0, self._holder)
        return self._reply("load complete\n")

    def _begin_to_load(self, line: str) -> Reply:
        found = LOADING.fullmatch(line)
        if found is None:
            raise UnknownWordError(line.rsplit(maxsplit=1)[-1])
        self._loading = (found["action"], [])
        return Reply(text="[Type ^D at a new line to end input]\n", prompt="")

    def _edit(self, words: Words) -> Reply:
        line = " ".join((words[0], *self._path, *words[1:]))
        database = self._box.database
        loaded = load_commands(database.candidate, (line,))
        if loaded.complaints:
            raise UnknownWordError(loaded.complaints[0].word)
        if words[0] == "delete" and loaded.tree == database.candidate:
            return self._reply("warning: statement not found\n")
        database.take(loaded, self._holder)
        return self._reply("")

    def _move(self, verb: str, words: Words) -> Reply:
        if verb == "edit":
            session = ConfigSession(tree=self._box.database.candidate).type(" ".join(("edit", *self._path, *words)))
            self._path = tuple(word for slot in session.section for word in path_words(slot))
        elif verb == "top":
            self._path = ()
        elif verb == "up":
            self._path = self._path[:-1]
        elif self._path and words[:1] != ("configuration-mode",):
            self._path = ()
        else:
            return self._leave()
        return self._reply("")

    def _leave(self) -> Reply:
        database = self._box.database
        if database.lock == self._holder:
            if database.is_changed:
                self._asked = self._leave_without_commit
                return Reply(
                    text="The configuration has been changed but not committed\n",
                    prompt="Discard uncommitted changes? [yes,no] (yes) ",
                )
            database.release(self._holder)
        self._configuring = False
        return self._reply("Exiting configuration mode\n\n")

    def _leave_without_commit(self, sure: bool) -> Reply:  # noqa: FBT001 - an answer to a question
        if sure:
            self._box.database.release(self._holder)
            self._configuring = False
            return self._reply("Exiting configuration mode\n\n")
        return self._reply("")

    def _show(self, line: str) -> Reply:
        command, *pipes = (part.strip() for part in line.split("|"))
        database = self._box.database
        compare = next((one for one in pipes if one.startswith("compare")), None)
        if compare is not None:
            number = compare.split()[-1]
            text = database.compare(int(number) if number.isdigit() else 0)
            return self._reply(piped(text, [one for one in pipes if one != compare]))
        path = (*self._path, *path_words(command)[1:])
        if path and children_at(database.candidate, path) is None:
            return self._reply("")
        as_set = "display set" in pipes
        text = as_commands(database.candidate, path) if as_set else as_braces(database.candidate, path)
        return self._reply(piped(text, [one for one in pipes if one != "display set"]))

    def _commit(self, words: Words) -> Reply:
        database = self._box.database
        if words[:1] == ("check",):
            database.check()
            return self._reply("configuration check succeeds\n")
        minutes: int | None = None
        if words[:1] == ("confirmed",):
            minutes = int(words[1]) if len(words) > 1 and words[1].isdigit() else DEFAULT_MINUTES
        comment = words[words.index("comment") + 1].strip('"') if "comment" in words else ""
        database.commit(self._holder, through="cli", minutes=minutes, comment=comment)
        note = ""
        if minutes is not None:
            note = f"commit confirmed will be automatically rolled back in {minutes} minutes unless confirmed\n"
        if "and-quit" in words:
            database.release(self._holder)
            self._configuring = False
            return self._reply(f"{note}commit complete\nExiting configuration mode\n\n")
        return self._reply(f"{note}commit complete\n\n")

    def _load_line(self, line: str) -> Reply:
        action, lines = self._loading or ("", [])
        if not line.endswith(CTRL_D):
            lines.append(line)
            return Reply(text="", prompt="")
        self._loading = None
        database, text = self._box.database, "\n".join((*lines, line.removesuffix(CTRL_D)))
        tree = database.candidate
        loaded = (
            load_commands(tree, text.splitlines())
            if action == "set"
            else load_text(self._box.rules, tree, text, action=action)
        )
        database.take(loaded, self._holder)
        errors = "".join(f"terminal:1:({len(one.word)}) syntax error: {one.word}\n" for one in loaded.complaints)
        count = f" ({len(loaded.complaints)} errors)" if loaded.complaints else ""
        return self._reply(f"{errors}load complete{count}\n")

    # ── what every line ends with ────────────────────────────────────────────────────────────────────────────────────

    def _caret(self, line: str, word: str) -> str:
        place = line.rfind(word) if word else len(line)
        before = len(self._prompt().splitlines()[-1]) + max(place, 0)
        expecting = "syntax error, expecting <command>." if word and self._configuring else "syntax error."
        return f"{' ' * before}^\n{expecting if line.split(maxsplit=1)[0] != word else 'unknown command.'}\n"

    def _reply(self, text: str) -> Reply:
        return Reply(text=text, prompt=self._prompt())

    def _prompt(self) -> str:
        name = f"{self._user}@{self._box.state().hostname}"
        if not self._configuring:
            return f"\n{name}> "
        return f"\n[edit{' ' if self._path else ''}{' '.join(self._path)}]\n{name}# "
