"""The RPCs that work on the configuration database."""

from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.config_xml import as_xml, commands_of
from siteauto.lab.devices.juniper_junos.database import DEFAULT_MINUTES, Holder, RefusedError
from siteauto.lab.devices.juniper_junos.factory import VERSION
from siteauto.lab.devices.juniper_junos.listing import as_braces
from siteauto.lab.devices.juniper_junos.loading import Complaint, Loaded, load_commands, load_text
from siteauto.lab.devices.juniper_junos.replies import rpc_error, serialised, word_of

SECONDS = 60


class ConfigRpcs:
    """One NETCONF session's hands on the database."""

    def __init__(self, box: Box, holder: Holder) -> None:
        self._box = box
        self._holder = holder
        self._private = False

    def lock(self, _: Element) -> str:
        """`<lock-configuration/>`."""
        self._box.database.take_lock(self._holder)
        return ""

    def unlock(self, _: Element) -> str:
        """`<unlock-configuration/>`: what was not committed is gone."""
        self._box.database.release(self._holder)
        return ""

    def open_private(self, request: Element) -> str:
        """`<open-configuration>`: this lab has the one candidate, but a private one takes no timer."""
        self._private = request.find("private") is not None
        return ""

    def close_private(self, _: Element) -> str:
        """`<close-configuration/>`."""
        self._private = False
        return ""

    def load(self, request: Element) -> str:
        """`<load-configuration>` of text, `set` commands, XML, or an earlier commit."""
        if request.get("rollback") is not None or request.get("compare") == "rollback":
            self._box.database.roll_back(int(request.get("rollback") or 0), self._holder)
            return _load_results(())
        loaded = self._loaded(request)
        self._box.database.take(loaded, self._holder)
        return _load_results(loaded.complaints)

    def get(self, request: Element) -> str:
        """`<get-configuration>`: text or XML, the candidate or what is committed, or a comparison."""
        database = self._box.database
        if request.get("compare") == "rollback":
            text = database.compare(int(request.get("rollback") or 0))
            return _output(f"\n{text}" if text else "\n")
        tree = database.committed if request.get("database") == "committed" else database.candidate
        if request.get("format") == "text":
            last = self._box.local(database.commits[0].at)
            stamp = f"\n## Last changed: {last:%Y-%m-%d %H:%M:%S %Z}\nversion {VERSION};\n"
            return f"<configuration-text>{escape(stamp + as_braces(tree))}</configuration-text>"
        return serialised(as_xml(tree))

    def commit(self, request: Element) -> str:
        """`<commit-configuration>`, with a timer in minutes."""
        database = self._box.database
        if request.find("check") is not None:
            database.check()
            return _committed()
        minutes: int | None = None
        if request.find("confirmed") is not None:
            minutes = int(word_of(request, "confirm-timeout") or DEFAULT_MINUTES)
        self._commit(minutes, word_of(request, "log"))
        return _committed()

    def standard_commit(self, request: Element) -> str:
        """The standard's `<commit>`, with a timer in seconds."""
        minutes: int | None = None
        if request.find("confirmed") is not None:
            seconds = int(word_of(request, "confirm-timeout") or DEFAULT_MINUTES * SECONDS)
            minutes = max(1, seconds // SECONDS)
        self._commit(minutes, "")
        return "<ok/>"

    def discard(self, _: Element) -> str:
        """The standard's `<discard-changes/>`."""
        self._box.database.roll_back(0, self._holder)
        return "<ok/>"

    def _commit(self, minutes: int | None, comment: str) -> None:
        if minutes is not None and self._private:
            raise RefusedError("commit confirmed not allowed on a private configuration database")
        self._box.database.commit(self._holder, through="netconf", minutes=minutes, comment=comment)

    def _loaded(self, request: Element) -> Loaded:
        rules, tree = self._box.rules, self._box.database.candidate
        commands = request.findtext("configuration-set")
        if commands is not None:
            return load_commands(tree, commands.splitlines())
        text = request.findtext("configuration-text")
        if text is not None:
            return load_text(rules, tree, text, action=request.get("action") or "merge")
        configuration = request.find("configuration")
        if configuration is None:
            return Loaded(tree=tree, complaints=(Complaint(path=(), word="configuration"),))
        return load_commands(tree, commands_of(configuration))


def _load_results(complaints: tuple[Complaint, ...]) -> str:
    if not complaints:
        return "<load-configuration-results><ok/></load-configuration-results>"
    errors = "".join(rpc_error("syntax error", bad=one.word, path=one.edit_path) for one in complaints)
    return (
        f"<load-configuration-results>{errors}"
        f"<load-error-count>{len(complaints)}</load-error-count></load-configuration-results>"
    )


def _committed() -> str:
    return "<commit-results><routing-engine><name>re0</name><commit-success/></routing-engine></commit-results>"


def _output(text: str) -> str:
    return (
        "<configuration-information><configuration-output>"
        f"{escape(text)}</configuration-output></configuration-information>"
    )
