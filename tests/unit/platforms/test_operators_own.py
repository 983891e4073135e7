"""Platform files of the operator: they add, they take the place of ours, and nobody else's are run."""

import re
from pathlib import Path

import pytest

from siteauto.app.settings import own_platforms
from siteauto.core.errors import UsageError
from siteauto.core.models import PlatformName
from siteauto.platforms import load_platforms

FILE = """
from dataclasses import replace

from siteauto.core.models import PlatformName
from siteauto.platforms.cisco_asa import PLATFORM as ASA

PLATFORM = replace(ASA, name=PlatformName("{name}"), title="{title}")
"""


@pytest.fixture
def folder(tmp_path):
    folder = own_platforms({"XDG_CONFIG_HOME": str(tmp_path)})
    folder.mkdir(parents=True, mode=0o755)
    return folder


def write(folder, name, text, mode=0o644):
    path = folder / f"{name}.py"
    path.write_text(text)
    path.chmod(mode)


def test_a_file_adds_a_platform(folder):
    write(folder, "acme", FILE.format(name="acme_os", title="Acme OS"))
    found = load_platforms(folder)
    assert found[PlatformName("acme_os")].title == "Acme OS"
    assert found.keys() - load_platforms().keys() == {"acme_os"}
    assert list(found) == sorted(found)


def test_a_file_takes_the_place_of_ours(folder):
    write(folder, "asa", FILE.format(name="cisco_asa", title="Our ASA"))
    assert load_platforms(folder)[PlatformName("cisco_asa")].title == "Our ASA"


def test_without_a_folder_there_are_ours(folder):
    assert load_platforms(folder / "none").keys() == load_platforms().keys()


@pytest.mark.parametrize(
    ("text", "found"),
    [("PLATFORM = 1", "PLATFORM is a int"), ("import nothing_here", "ModuleNotFoundError"), ("", "AttributeError")],
)
def test_what_is_no_platform_file_is_named(folder, text, found):
    write(folder, "broken", text)
    with pytest.raises(UsageError) as raised:
        load_platforms(folder)
    assert "broken.py is no platform file" in str(raised.value)
    assert found in (raised.value.found or "")


def test_a_file_that_others_can_write_is_not_run(folder):
    write(folder, "acme", "raise SystemExit('it ran')", mode=0o666)
    with pytest.raises(UsageError, match="Others can change"):
        load_platforms(folder)


def test_a_folder_that_others_can_write_to_is_not_looked_into(folder):
    write(folder, "acme", "raise SystemExit('it ran')")
    folder.chmod(0o777)
    with pytest.raises(UsageError, match="Others can change"):
        load_platforms(folder)


def test_the_folder_is_the_operators_and_no_variable_moves_it_into_a_repository():
    assert str(own_platforms({"HOME": "/home/op"})) == "/home/op/.config/siteauto/platforms"


def test_the_example_of_the_documentation_is_one(folder):
    page = (Path(__file__).parents[3] / "docs" / "backup.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    write(folder, "acme_os", example)
    assert load_platforms(folder)[PlatformName("acme_os")].backup.running == "show running-config"
