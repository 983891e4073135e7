"""A copy goes onto another model than it came from: its ports get the names of the new box, over real sockets."""

import re
import shutil

import pytest
from tests.operators import REPOSITORY, SITE, an_operator

SWITCH = f"{SITE}-sw2"
OLD, NEW = "{model: C9200L-48P-4X, serial: JAE27190X4M", "{model: C9300-48UXM, serial: FOC2802L0AB"
WAS, IS = "GigabitEthernet1/0/30", "TwoGigabitEthernet1/0/30"


@pytest.fixture(scope="module")
def replaced(tmp_path_factory):
    """Somebody whose switch broke after it was backed up, and who has put another model in its place."""
    folder = tmp_path_factory.mktemp("replaced")
    root = folder / "company"
    for part in ("inventory", "templates", "playbooks"):
        shutil.copytree(REPOSITORY / part, root / part)
    with an_operator(folder / "operator") as one:
        one.environment |= {"SITEAUTO_ROOT": str(root)}
        one.expect(0, "lab", "up", SITE)
        one.lab("type", "sw2", "configure terminal", f"interface {WAS}", "description the till", "end", "write memory")
        one.expect(0, "backup", SITE, "--device", "sw2")
        one.expect(0, "lab", "down", SITE)
        site = root / "inventory" / "sites" / f"{SITE}.yaml"
        site.write_text(site.read_text().replace(OLD, NEW))
        one.expect(0, "lab", "up", SITE)
        yield one


def section(text, port):
    return re.search(rf"^interface {port}\n(?: .*\n)*", text, re.MULTILINE)[0]


@pytest.mark.proves("restore", "cisco_ios")
def test_a_copy_goes_onto_another_model(replaced):
    shown = replaced.expect(5, "restore", SWITCH, "--dry-run", "--diff-lines", "0").out
    assert "it came from a C9200L-48P-4X, this is a C9300-48UXM: ports are renamed in their order" in shown
    ended = replaced.expect(3, "restore", SWITCH, "--yes", "--settle", "0", "--diff-lines", "0")
    assert "network: 1 device changed and saved" in ended.out, "3: a day-0 box is not what the site file says"
    now = replaced.expect(0, "show", "backup", SWITCH).out
    assert " description the till\n" in section(now, IS)
    assert f"interface {WAS}\n" not in now
