"""How configurations of one operating system are read, compared and changed: the `config` part of a platform file.

A platform file lists a command line's quirks as small values. Patterns are regular expressions that match the start of
a command without its indentation. `within` is a pattern for the whole name of the mode in which a rule holds: "" is
the top level, ".*" is anywhere. Modes of indented platforms are named by their sections ("config-if"); those of FortiOS
by their path, with a slash for each entry ("firewall policy/").
"""

from dataclasses import dataclass

from siteauto.core.config.path_rules import Header, Keyed

TOP = ""
ANYWHERE = ".*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Lines that match, in the modes that match."""

    pattern: str
    within: str = TOP


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A line that opens a mode. `mode` is the prompt's word for it.

    `own` are lines that belong to the mode although they look like the start of a top-level section; `closing` is a
    line that the device prints after its lines; `gap` puts a comment line before it inside its parent; `indent` is how
    much further in its lines are printed; 0: as much as everywhere.
    """

    opens: str
    mode: str
    within: str = TOP
    own: tuple[str, ...] = ()
    closing: str = ""
    gap: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """A text between two delimiters on several lines. Groups: `head` (the command) and `mark` (the delimiter)."""

    opens: str
    prints: str  # the delimiter that the device prints


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """A command that is followed by lines of text up to and with one that matches `ends`."""

    opens: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    r"""Commands of which one holds at a time: the last one typed. What the pattern matches names the slot.

    `key` renames the slot with the pattern's groups where the identity is not at the start: r"class-map \1".
    """

    pattern: str
    within: str = TOP
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSet:
    """A command that ends in a list of numbers (10,20-22), changed by add and remove.

    `additive`: typing a list adds to it, its negation takes from it; else it replaces. `lowest` and `highest` bound
    "all": a set of all is the hidden default where `full_is_hidden`, and printed as the word `full` where there is one.
    """

    pattern: str
    within: str = TOP
    additive: bool = False
    lowest: int = 1
    highest: int = 4094
    full_is_hidden: bool = False
    full: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Sections whose entries are matched in the order of their numbers: access lists.

    `section` matches the top-level line and has the group `name`; `repeats` are entries that may stand twice; `blocks`
    those that stop traffic; `renumber` is the command with {name}, {start} and {step}, typed at the top level or, where
    `renumber_inside`, in the list; `padded` are words that are printed in columns.
    """

    within: str
    section: str
    renumber: str
    renumber_inside: bool = False
    start: int = 10
    step: int = 10
    highest: int = 2147483647
    repeats: str = "remark"
    blocks: str = "deny"
    padded: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """Top-level lines that are one list, each with the words of `header` and an `entry` (ASA: `access-list NAME …`).

    `mode` is the name under which other rules speak of its entries. Entries are matched in order. `insert` is the
    command with {list}, {number} and {entry} that puts one at a place; where it is empty, the list is typed anew after
    `clear`. `blocks` are entries that stop traffic, `repeats` those that may stand twice.
    """

    header: str
    mode: str
    clear: str
    entry: str = ".*"
    insert: str = ""
    blocks: str = ""
    repeats: str = r"(?!)"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedTable:
    """A table whose entries are matched in the order in which they stand, and moved by a command (FortiOS policies).

    `pattern` matches the lines that are such entries, where others stand among them.
    """

    within: str
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A header that stands for several sections: `interface range A - B`, `vlan 10,20`. Group: `list`.

    `each` is the header of one of them, with {item}. `kind` is names or numbers.
    """

    pattern: str
    each: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A one-line form of a line in a section (`access-list 10 permit …`), in the words of the pattern's groups."""

    pattern: str
    section: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A form in which a device shows what was typed otherwise; `line`, with the pattern's groups, is what counts."""

    pattern: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset:
    """A line that makes the device drop others of its section when it changes: a VRF takes the address with it."""

    pattern: str
    drops: str
    within: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """Sections that can only be changed while they are down: `stop` is typed first, `start` last."""

    within: str
    stop: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSet:
    """Lines whose words after the match are a set: their order says nothing."""

    pattern: str
    within: str = ANYWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A line that uses an object by name (group `name`); `object` is the pattern of its header, with {name}."""

    pattern: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A place in the order in which the device prints its lines; rules are in that order.

    `sort`: typed (as entered), natural (by the numbers in the line). `gap`: a comment line stands before the group.
    """

    pattern: str
    within: str = TOP
    sort: str = "typed"
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Where a secret stands in a line: the group `secret`, and `type` for the digit that says how it is stored.

    `untyped` is the kind where no type stands. `seal` names the stored form that is sent (type9, type7, plain, quoted),
    `layout` how it is written, `charset` what it may consist of. `opaque`: two cannot be told apart. `under`: it is one
    only below a line that matches, up to one that matches `until`, or else to one no further in.
    """

    pattern: str
    untyped: str = "plain"
    seal: str = "plain"
    layout: str = "{value}"
    charset: str = r"[!->@-~]+"  # a question mark asks for help
    opaque: bool = False
    under: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """A line that the running configuration never shows. `command` does; its output matches `reads` once per line.

    `line` is written with the groups of `reads`, each first looked up in `words`. `hidden` matches the line itself.
    """

    hidden: str
    command: str
    reads: str
    line: str
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConfigRules:
    """All that the engine knows of one system's configuration. Compared by identity: there is one per platform.

    `noise` are lines that are no configuration; `volatile` change by themselves; `device_owned` are the device's where
    the intent does not name them; `permanent` sections cannot be removed, only emptied; `hidden` lines hold but are not
    shown; `negations` are commands whose negative form is shown; `leaves` are top-level commands that end any mode when
    typed; `definitions` are created before, and removed after, everything else, in this order; `login` is the slot of a
    user's account, with {name}. `reorder` is the command that moves an entry of an ordered table next to another, with
    {path}, {entry}, {place} and {anchor}. `remade` are settings whose value the device makes out of another that was
    typed: nobody can compare the two, and a replace leaves what is there.
    """

    syntax: str  # indented | fortios | paths | uci | nft
    comment: str = "!"
    end: str = ""
    indent: int = 1  # how much further in the lines of a section are printed
    noise: tuple[str, ...] = ()
    volatile: tuple[str, ...] = ()
    free_text: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    leaves: tuple[str, ...] = ()
    bodies: tuple[Delimited | Until, ...] = ()
    slots: tuple[Slot, ...] = ()
    number_sets: tuple[NumberSet, ...] = ()
    numbered: tuple[Numbered, ...] = ()
    flats: tuple[Flat, ...] = ()
    ordered_tables: tuple[OrderedTable, ...] = ()
    word_sets: tuple[WordSet, ...] = ()
    spreads: tuple[Spread, ...] = ()
    aliases: tuple[Alias, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    first: tuple[str, ...] = ()  # lines that are typed before the others of a section: shutdown
    last: tuple[str, ...] = ()  # and after them: no shutdown
    resets: tuple[Reset, ...] = ()
    paused: tuple[Paused, ...] = ()
    hidden: tuple[Line, ...] = ()
    negations: tuple[Line, ...] = ()
    permanent: tuple[Line, ...] = ()
    device_owned: tuple[Line, ...] = ()
    references: tuple[Reference, ...] = ()
    definitions: tuple[str, ...] = ()
    ranks: tuple[Rank, ...] = ()
    secrets: tuple[Secret, ...] = ()
    reveals: tuple[Reveal, ...] = ()
    interface_types: tuple[str, ...] = ()  # full names; where two share a prefix, the first is meant
    interface_words: tuple[str, ...] = ()  # patterns with the group `name`, where an interface name stands
    containers: tuple[str, ...] = ()  # paths that only wrap others: vdom; words that only hold others
    headers: tuple[Header, ...] = ()
    lists: tuple[Line, ...] = ()  # settings that hold several values
    keyed: tuple[Keyed, ...] = ()
    remade: tuple[Line, ...] = ()
    reorder: str = ""
    login: str = ""
