"""Every command that README and docs name is one that siteauto has, with the flags that they give it."""

import re
import shlex
from pathlib import Path

import click
import pytest

from siteauto.cli.main import cli

REPOSITORY = Path(__file__).parents[2]
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]


def commands(page):
    """(line number, words) of every command line: in `code`, after `$ `, or indented by four."""
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        for code in re.findall(r"`(siteauto [^`]*)`", line):
            yield number, code
        if found := re.match(r"(?:    |\$ )(siteauto .*)", line):
            for code in found[1].partition("  #")[0].split(" && "):
                if code.startswith("siteauto "):
                    yield number, re.split(r"\s{2,}", code)[0]


NAMED = [pytest.param(code, id=f"{page.name}:{number}") for page in PAGES for number, code in commands(page)]


def test_the_pages_name_commands():
    assert len(NAMED) > 20


@pytest.mark.parametrize("code", NAMED)
def test_a_named_command_exists(code):
    words = shlex.split(re.sub(r"[\[\]…|]", " ", code))[1:]
    command, context = cli, click.Context(cli, info_name="siteauto")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        command = command.get_command(context, name)
        assert command is not None, f"{code}: there is no {name}"
        context = click.Context(command, parent=context, info_name=name)
    known = {flag for option in command.params for flag in (*option.opts, *option.secondary_opts)} | {"--help", "-h"}
    flags = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert flags <= known | {"--version"}, f"{code}: unknown {sorted(flags - known)}"
