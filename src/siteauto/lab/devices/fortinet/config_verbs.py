"""One line inside `config`: finds the verb that may stand here, and has it done."""

from collections.abc import Callable

from siteauto.lab.devices.fortinet import display
from siteauto.lab.devices.fortinet.config_mode import ConfigMode
from siteauto.lab.devices.fortinet.entry_verbs import ENTRY_VERBS
from siteauto.lab.devices.fortinet.refusals import unknown_action, unknown_word
from siteauto.lab.devices.fortinet.table_verbs import TABLE_VERBS
from siteauto.lab.devices.fortinet.tree import Node, Table


def configure(mode: ConfigMode, words: list[str]) -> str:
    """What the box prints for one line. Raises RefusedError."""
    verb, arguments = words[0], words[1:]
    target = mode.level.target
    if verb in ANYWHERE:
        return ANYWHERE[verb](mode, arguments)
    if isinstance(target, Table) and verb in TABLE_VERBS:
        return TABLE_VERBS[verb](mode, target, arguments)
    if isinstance(target, Node) and verb in ENTRY_VERBS:
        return ENTRY_VERBS[verb](mode, target, arguments)
    raise unknown_word(verb) if verb in ALL_VERBS else unknown_action()


def _end(mode: ConfigMode, _: list[str]) -> str:
    level = mode.levels.pop()
    if level.store is not None:
        level.store()
    if level.table is not None:
        mode.levels.pop()  # `end` inside an entry leaves its table too
        mode.store_entry(level)
    return ""


def _abort(mode: ConfigMode, _: list[str]) -> str:
    level = mode.levels.pop()
    if level.table is not None:
        mode.levels.pop()
    return ""


def _show(mode: ConfigMode, arguments: list[str]) -> str:
    full = arguments[:1] == ["full-configuration"]
    level = mode.level
    part = level.target
    if level.table is not None and isinstance(part, Node):
        part = Table(section=level.table.section, entries={level.key: part})
    return "".join(f"{line}\n" for line in display.show_part(part, full=full))


def _get(mode: ConfigMode, _: list[str]) -> str:
    return "".join(f"{line}\n" for line in display.get_part(mode.level.target))


ANYWHERE: dict[str, Callable[[ConfigMode, list[str]], str]] = {
    "end": _end,
    "abort": _abort,
    "show": _show,
    "get": _get,
}
ALL_VERBS = (*ANYWHERE, *TABLE_VERBS, *ENTRY_VERBS)
