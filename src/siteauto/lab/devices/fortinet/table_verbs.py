"""What can be typed inside a table: `edit`, `delete`, `move` and the rest."""

from collections.abc import Callable

from siteauto.lab.devices.fortinet.checks import complete_entry, refuse_to_delete
from siteauto.lab.devices.fortinet.config_mode import ConfigMode, Level
from siteauto.lab.devices.fortinet.refusals import bad_value, incomplete, not_in_table, unknown_word
from siteauto.lab.devices.fortinet.tree import Node, Table

Verb = Callable[[ConfigMode, Table, list[str]], str]


def _edit(mode: ConfigMode, table: Table, arguments: list[str]) -> str:
    if len(arguments) != 1:
        raise unknown_word(arguments[1]) if arguments else incomplete()
    key = _checked_key(table, arguments[0])
    mode.guard_entry(table.section, key)
    known = table.entries.get(key)
    staged = known.copy() if known else Node(section=table.section)
    mode.levels.append(Level(prompt=key, target=staged, table=table, key=key))
    return "" if known else f"new entry '{key}' added\n"


def _delete(mode: ConfigMode, table: Table, arguments: list[str]) -> str:
    if not arguments:
        raise incomplete()
    for key in arguments:
        if key not in table.entries:
            raise not_in_table()
        mode.guard_entry(table.section, key)
        refuse_to_delete(mode.configuration, table.section.path, key)
        mode.refuse_if_used(table.section, key)
        del table.entries[key]
        mode.stored(table.section, key)
    return ""


def _purge(mode: ConfigMode, table: Table, _: list[str]) -> str:
    for key in list(table.entries):
        _delete(mode, table, [key])
    return ""


def _move(mode: ConfigMode, table: Table, arguments: list[str]) -> str:
    if len(arguments) != 3:
        raise incomplete()
    key, where, other = arguments
    if where not in ("before", "after") or not table.section.ordered:
        raise unknown_word(where)
    if key not in table.entries or other not in table.entries:
        raise not_in_table()
    keys = [name for name in table.entries if name != key]
    keys.insert(keys.index(other) + (where == "after"), key)
    table.reorder(keys)
    mode.stored(table.section, "")
    return ""


def _rename(mode: ConfigMode, table: Table, arguments: list[str]) -> str:
    old, new = _two_keys(table, arguments)
    mode.refuse_if_used(table.section, old)
    table.entries = {new if key == old else key: node for key, node in table.entries.items()}
    mode.stored(table.section, old)
    mode.stored(table.section, new)
    return ""


def _clone(mode: ConfigMode, table: Table, arguments: list[str]) -> str:
    old, new = _two_keys(table, arguments)
    copy = table.entries[old].copy()
    copy.values.pop("uuid", None)
    complete_entry(mode.configuration, new, copy)
    table.entries[new] = copy
    mode.stored(table.section, new)
    return ""


def _two_keys(table: Table, arguments: list[str]) -> tuple[str, str]:
    if len(arguments) != 3 or arguments[1] != "to":
        raise incomplete()
    if arguments[0] not in table.entries:
        raise not_in_table()
    return arguments[0], _checked_key(table, arguments[2])


def _checked_key(table: Table, word: str) -> str:
    if table.section.key == "name":
        if not word or len(word) > table.section.key_length:
            raise bad_value(word)
        return word
    if not word.isdigit():
        raise bad_value(word)
    if int(word) == 0:  # the next free number
        return str(max((int(key) for key in table.entries), default=0) + 1)
    return str(int(word))


TABLE_VERBS: dict[str, Verb] = {
    "edit": _edit,
    "delete": _delete,
    "purge": _purge,
    "move": _move,
    "rename": _rename,
    "clone": _clone,
}
