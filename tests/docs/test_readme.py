"""The README as it stands: its table, and its walk at a lab, typed at a terminal.

`pytest tests/docs --update` writes the table anew. Where this machine can run the lab's server, the walk includes it:
this is where the suite plays Ansible from end to end.
"""

import os
import pty
import re
import shlex
import subprocess
import sys

import pytest
from tests.operators import ENTRY, REPOSITORY, SITE, an_operator

from siteauto.lab.server_image import cache_folder
from siteauto.lab.server_support import server_support

README = REPOSITORY / "README.md"
TABLE = re.compile(r"(<!-- table: platforms -->\n)(.*?)(<!-- end -->)", re.DOTALL)
WALK = re.compile(r"<!-- run: lab -->\n```console\n(.*?)```", re.DOTALL)
CACHE = cache_folder(os.environ)
UNTESTED = server_support(CACHE)
# What a new site ends with: `plan` says that something would change. 4, where the server cannot be tested, comes first.
ENDS = {"plan": 4 if UNTESTED else 5, "provision": 4 if UNTESTED else 0}


def test_the_table_is_what_the_platform_files_say(request, operator):
    said = operator.expect(0, "platforms", "--format", "markdown").out
    text = README.read_text(encoding="utf-8")
    if request.config.getoption("--update", default=False):
        README.write_text(TABLE.sub(rf"\g<1>{said}\g<3>", text), encoding="utf-8")
    ((_, table, _),) = TABLE.findall(README.read_text(encoding="utf-8"))
    assert table == said, f"{README} is behind; if the platform files are right: pytest {__file__} --update"


@pytest.fixture
def operator(tmp_path):
    with an_operator(tmp_path / "operator") as one:
        yield one


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """Every command of the README's walk and how it ended, at a terminal where a person says yes."""
    (block,) = WALK.findall(README.read_text(encoding="utf-8"))
    lines = [line.removeprefix("$ siteauto ").partition(" #")[0] for line in block.splitlines()]
    with an_operator(tmp_path_factory.mktemp("readme"), cache=CACHE) as operator:
        yield {" ".join(words): at_terminal(operator, words) for words in map(shlex.split, lines)}


def at_terminal(operator, words):
    keyboard, screen = pty.openpty()
    os.write(keyboard, b"yes\n")
    try:
        return subprocess.run(
            [sys.executable, "-c", ENTRY, *words],
            env=operator.environment,
            stdin=screen,
            capture_output=True,
            text=True,
            timeout=900,
        )
    finally:
        os.close(keyboard)
        os.close(screen)


def test_every_command_of_the_walk_ends_as_it_should(walk):
    ends = {command: ended.returncode for command, ended in walk.items()}
    assert ends == {command: ENDS.get(command.split()[0], 0) for command in ends}, "\n".join(
        f"$ siteauto {command}\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}" for command, ended in walk.items()
    )


def test_the_walk_asks_before_it_changes_anything(walk):
    assert f"Change {SITE}? Only yes will do" in walk[f"provision {SITE}"].stdout


def test_every_command_of_the_walk_names_its_target(walk):
    for command, ended in walk.items():
        verb = command.split()[0]
        said = ended.stderr if verb in ("validate", "render") else ended.stdout
        target = "none" if verb in ("validate", "render") else f"lab {SITE} "
        if verb != "lab":
            assert said.startswith(f"target: {target}"), command


def test_the_walk_sets_the_server_up_or_says_why_not(walk):
    ended = walk[f"provision {SITE}"].stdout
    if UNTESTED:
        assert f"servers: untested, because {UNTESTED}" in ended
    else:
        assert re.search(r"^servers: successful, [1-9]\d* of \d+ tasks changed something$", ended, re.MULTILINE)
        assert f"{SITE}-srv1" in walk[f"plan {SITE}"].stdout


def test_the_walk_backs_up_and_finds_no_drift(walk):
    assert walk[f"backup {SITE}"].stdout.splitlines()[-1] == "backup: 4 unchanged"
    assert walk[f"drift {SITE}"].stdout.splitlines()[-1].startswith("0 of 4 devices differ")
