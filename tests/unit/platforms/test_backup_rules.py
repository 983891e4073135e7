"""What every platform file must say for backups to be possible and safe."""

import re

import pytest

from siteauto.core.guard import is_read_only
from siteauto.platforms import load_platforms

PLATFORMS = load_platforms()


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_what_a_backup_sends_is_on_the_list_of_reading_commands(name):
    platform = PLATFORMS[name]
    for command in (
        *platform.backup.before,
        platform.backup.running,
        platform.backup.startup,
        platform.identity.command,
        *platform.identity.also,
    ):
        assert not command or is_read_only(platform, command), command


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_every_pattern_can_be_read(name):
    rules = PLATFORMS[name].backup
    patterns = [rules.end, rules.section, rules.declared, rules.last_change, *rules.required, *rules.errors]
    patterns += [*rules.interruptions, *rules.resalted, *(one for pair in rules.blocks for one in pair)]
    groups = {name for pattern in patterns for name in re.compile(pattern).groupindex}
    assert groups <= {"bytes", "who", "when"}
    assert not rules.declared or "bytes" in re.compile(rules.declared).groupindex
