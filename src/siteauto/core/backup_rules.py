"""How a platform's running configuration is fetched and recognised as whole: the `backup` part of a platform file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRules:
    """How a complete configuration is fetched and recognised. All patterns are of lines.

    `end` must match the last line; every pattern of `required` must match somewhere; none of `errors` may match.
    `blocks` are pairs of patterns: as many lines must open as close. `section` matches the head of a section, to count
    what a copy has lost. `declared` holds the group `bytes`: how much the device says that it sends behind that line.
    `interruptions` are messages that a device writes into the middle of an answer: it is asked again.
    `startup` is empty where the platform keeps no second copy. `last_change` matches the line of the configuration in
    which the device says who changed it last, and when (groups `who` and `when`, where it tells them). `resalted` are
    secrets, as kind and stored form, that look different each time the device shows them. `not_in_text` names, for
    people, what of the device no configuration text brings back, `put_back` how they load one where siteauto does not.
    `before` are commands that are sent first and hold for
    the session: they show what the device would else hide.
    """

    running: str
    startup: str
    end: str
    required: tuple[str, ...]
    errors: tuple[str, ...]
    before: tuple[str, ...] = ()
    extension: str = "cfg"
    blocks: tuple[tuple[str, str], ...] = ()
    section: str = r"^[A-Za-z]"
    declared: str = ""
    interruptions: tuple[str, ...] = ()
    resalted: tuple[str, ...] = ()
    last_change: str = ""
    not_in_text: tuple[str, ...] = ()
    put_back: str = ""
