"""One login's command line: prompts, abbreviations, questions, `grep`, configuration mode and transactions."""

from collections.abc import Callable, Iterable

from siteauto.lab.devices.fortinet import display
from siteauto.lab.devices.fortinet.answers import ANSWERS, answer
from siteauto.lab.devices.fortinet.box import Box
from siteauto.lab.devices.fortinet.config_mode import ConfigMode, Touched
from siteauto.lab.devices.fortinet.config_verbs import ALL_VERBS, configure
from siteauto.lab.devices.fortinet.execute import COMMANDS, Done, Login, PingOptions, run_execute
from siteauto.lab.devices.fortinet.factory import BUILD, BUILD_DATE, FIRMWARE
from siteauto.lab.devices.fortinet.refusals import (
    RefusedError,
    not_in_table,
    not_in_transaction,
    unknown_action,
    unknown_word,
)
from siteauto.lab.devices.fortinet.shorthand import expand, expand_command, find_section, grep, split_pipe
from siteauto.lab.devices.fortinet.tokens import OpenQuoteError, split_words
from siteauto.lab.devices.fortinet.transaction import NOT_CHANGEABLE, Transaction
from siteauto.lab.devices.fortinet.tree import Configuration, Table
from siteauto.lab.shell import Reply

CTRL_C = "\x03"
CONTINUED = "> "  # the prompt inside quotes that are still open
PAGE = 24
VERBS = ("config", "get", "show", "diagnose", "execute", "exit")
_TRANSACTION_VERBS = ("start", "commit", "abort")


class CommandLine:
    """Implements Shell."""

    pager = "--More-- "

    def __init__(self, box: Box, user: str, *, asks: bool = True) -> None:
        self._box = box
        self._login = Login(user=user, asks=asks, ping=PingOptions())
        self._mode: ConfigMode | None = None
        self._transaction: Transaction | None = None
        self._open_quote = ""
        self._accepted = True
        self._pending: Callable[[], Done] | None = None

    @property
    def page_length(self) -> int:
        """Lines before the pager stops, as `config system console` says."""
        return PAGE if self._box.running.node("system.console").word("output") == "more" else 0

    @property
    def prompt(self) -> str:
        """`fw1 # `, `fw1 (interface) # `; a dollar for logins that may not do everything."""
        sign = "#" if self._box.is_super_admin(self._login.user) else "$"
        where = f" ({self._mode.level.prompt})" if self._mode is not None else ""
        return f"{self._box.hostname}{where} {sign} "

    def greeting(self) -> Reply:
        """What stands on the screen after login. A banner must be accepted first."""
        banner = self._box.disclaimer("post")
        self._accepted = not banner
        return Reply(text=banner, prompt="(Press 'a' to accept): " if banner else self.prompt)

    def help(self, partial: str) -> str | None:
        """The words that may come next."""
        if self._open_quote or self._pending is not None:
            return None
        known = ALL_VERBS if self._mode is not None else VERBS
        return "\n".join(word for word in known if word.startswith(partial.strip())) + "\n"

    def receive(self, line: str) -> Reply:
        """The device's answer to one line."""
        if not self._accepted:
            self._accepted = line.strip() == "a"
            return Reply(text="", prompt=self.prompt, close=not self._accepted)
        if line == CTRL_C:
            self._open_quote, self._pending = "", None
            self._leave_config()
            return Reply(text="", prompt=self.prompt)
        if self._pending is not None:
            return self._answered(line)
        text = self._open_quote + line.rstrip("\x1a")
        self._open_quote = ""
        notice = self._expire_transaction()
        try:
            command, pipe = split_pipe(text)
            words = split_words(command)
            done = self._run(words) if words else Done()
            done = Done(text=grep(done.text, pipe), question=done.question, then=done.then, close=done.close)
        except OpenQuoteError:
            self._open_quote = text + "\n"
            return Reply(text="", prompt=CONTINUED)
        except RefusedError as refusal:
            self._drop_left_mode()
            done = Done(text=str(refusal))
        return self._reply(done, notice)

    # ── one line ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _reply(self, done: Done, notice: str = "") -> Reply:
        self._pending = done.then
        prompt = done.question if done.then is not None else self.prompt
        text = notice + done.text
        return Reply(text=text + "\n" if text and not done.question else text, prompt=prompt, close=done.close)

    def _answered(self, line: str) -> Reply:
        pending, self._pending = self._pending, None
        if pending is None or line.strip().lower() != "y":
            return Reply(text="", prompt=self.prompt)
        try:
            return self._reply(pending())
        except RefusedError as refusal:
            return self._reply(Done(text=str(refusal)))

    def _run(self, words: list[str]) -> Done:
        if self._mode is not None:
            return self._configure(self._mode, words)
        verb = expand(words[0], VERBS)
        if verb == "exit" or words[0] == "quit":
            return Done(close=True)
        commands: dict[str, Callable[[list[str]], Done]] = {
            "config": self._enter,
            "show": self._show,
            "get": self._get,
            "diagnose": self._get,
            "execute": self._execute,
        }
        if verb not in commands:
            raise unknown_action()
        return commands[verb]([verb, *words[1:]])

    def _get(self, words: list[str]) -> Done:
        words = expand_command(words, ANSWERS)
        text = answer(self._box, words)
        if text is not None:
            return Done(text=text)
        if words[0] != "get":
            raise unknown_word(words[1] if len(words) > 1 else words[0])
        section, rest = find_section(words[1:])
        part = self._configuration.part(section.path)
        if rest:
            if not isinstance(part, Table) or rest[0] not in part.entries:
                raise not_in_table()
            part = part.entries[rest[0]]
        return Done(text="".join(f"{line}\n" for line in display.get_part(part)))

    def _show(self, words: list[str]) -> Done:
        words = words[1:]
        full = bool(words) and "full-configuration".startswith(words[0])
        words = words[1:] if full else words
        if not words:
            lines: Iterable[str] = [*self._header(), *display.show_all(self._configuration, full=full)]
            return Done(text="\n".join(lines) + "\n")
        section, rest = find_section(words)
        part = self._configuration.part(section.path)
        if rest and (not isinstance(part, Table) or rest[0] not in part.entries):
            raise not_in_table()
        return Done(text="\n".join(display.show_part(part, key=rest[0] if rest else "", full=full)) + "\n")

    def _header(self) -> Iterable[str]:
        model = self._box.model.short
        yield f"#config-version={model}-{FIRMWARE}-FW-build{BUILD}-{BUILD_DATE}:opmode=0:vdom=0:user={self._login.user}"
        yield f"#conf_file_ver={2_440_000_000_000 + self._box.changes * 7919}"
        yield f"#buildno={BUILD}"
        yield "#global_vdom=1"

    def _execute(self, words: list[str]) -> Done:
        words = words[1:]
        if words and "config-transaction".startswith(words[0]) and len(words[0]) > len("c"):
            return self._transact(words[1:])
        return run_execute(self._box, self._login, expand_command(words, COMMANDS))

    # ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _configuration(self) -> Configuration:
        return self._transaction.workspace if self._transaction is not None else self._box.running

    def _enter(self, words: list[str]) -> Done:
        section, rest = find_section(words[1:])
        if rest:
            raise unknown_word(rest[0])
        if self._transaction is not None and section.path in NOT_CHANGEABLE:
            raise not_in_transaction(" ".join(section.words))
        mode = ConfigMode(self._configuration, self._changed, self._guard)
        mode.enter(section.path)
        self._mode = mode
        return Done()

    def _configure(self, mode: ConfigMode, words: list[str]) -> Done:
        verb = expand(words[0], ALL_VERBS)
        if verb == "purge" and self._login.asks:
            return Done(
                text="This operation will clear all table!\n",
                question="Do you want to continue? (y/n)",
                then=lambda: Done(text=configure(mode, [verb])),
            )
        text = configure(mode, [verb, *words[1:]])
        self._drop_left_mode()
        return Done(text=text)

    def _drop_left_mode(self) -> None:
        if self._mode is not None and not self._mode.levels:
            self._mode = None

    def _leave_config(self) -> None:
        self._mode = None

    def _guard(self, place: Touched) -> None:
        self._box.transactions.refuse_locked(place, self._transaction, self._box.world.now())
        if self._transaction is None:
            self._box.remember_before_change()

    def _changed(self, place: Touched) -> None:
        if self._transaction is None:
            self._box.changed()
        else:
            self._transaction.touched[place] = None

    # ── transactions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _transact(self, words: list[str]) -> Done:
        verb = words[0] if words else "start"
        if verb not in _TRANSACTION_VERBS:
            raise unknown_word(verb)
        if verb == "start":
            return self._start(words[1:])
        if self._transaction is None:
            raise RefusedError("Not in a config transaction.\nCommand fail. Return code -1\n")
        transaction, self._transaction = self._transaction, None
        if verb == "commit":
            self._box.remember_before_change()
            transaction.merge_into(self._box.running)
            self._box.changed()
        self._box.transactions.end(transaction)
        return Done()

    def _start(self, words: list[str]) -> Done:
        minutes = int(words[0]) if words and words[0].isdigit() else 5
        if self._transaction is not None or not 1 <= minutes <= 60:
            raise RefusedError("A config transaction is already open.\nCommand fail. Return code -1\n")
        self._transaction = self._box.transactions.start(self._box.running, self._box.world.now(), minutes)
        return Done()

    def _expire_transaction(self) -> str:
        transaction, now = self._transaction, self._box.world.now()
        if transaction is None:
            return ""
        if now < transaction.expires():
            transaction.last_used = now
            return ""
        self._leave_config()
        self._box.transactions.end(transaction)
        self._transaction = None
        return f"config transaction id={transaction.number} has expired\n"


def run_script(box: Box, script: str) -> None:
    """Run a script of the box's own, as an automation stitch does: nobody is asked."""
    line = CommandLine(box, "automation", asks=False)
    for text in script.splitlines():
        line.receive(text)
