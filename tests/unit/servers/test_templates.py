"""The files of the server, laid out from the example site and read by the programs that they are for."""

import os
import shutil
import subprocess
from pathlib import Path, PurePath

import jinja2
import pytest

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.intent.build import build_intents
from siteauto.core.intent.server_inventory import Login, build_inventory
from siteauto.core.models import SiteName
from siteauto.platforms import load_platforms

ROOT = Path(__file__).parents[3]
PLATFORMS = load_platforms()
SITE = YamlInventory(ROOT / "inventory", PLATFORMS).site(SiteName("us-nyc-mad01"))
NAME = "us-nyc-mad01-srv1"
LOGIN = Login(user="siteauto", known_hosts=PurePath("known_hosts"))
WHOLE = build_inventory(SITE, build_intents(SITE, PLATFORMS), hosts={NAME: ("127.0.0.1", 22)}, login=LOGIN)
GROUP = WHOLE["all"]["children"]["site_servers"]
VARIABLES = {**GROUP["vars"], **GROUP["hosts"][NAME], "freeradius_secret": "it's \\ odd"}
TEMPLATES = sorted((ROOT / "playbooks").glob("roles/*/templates/*.j2"))
SYSTEM = f"{os.defpath}:/usr/sbin:/sbin"


def render(file: Path) -> str:
    """As Ansible does it; and a name that the inventory does not give is an error."""
    world = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
    return world.from_string(file.read_text(encoding="utf-8")).render(VARIABLES)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_every_name_in_a_template_is_in_the_inventory(file):
    text = render(file)
    assert "Written by siteauto" in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


PROGRAMS = {
    "dnsmasq": ("dnsmasq/templates/dnsmasq.conf.j2", ["--test", "--conf-file={file}"]),
    "sshd": ("base/templates/sshd.conf.j2", ["-t", "-h", "{key}", "-f", "{file}"]),
    "chronyd": ("chrony/templates/chrony.conf.j2", ["-p", "-f", "{file}"]),
    "rsyslogd": ("rsyslog/templates/rsyslog.conf.j2", ["-N1", "-f", "{file}"]),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_program_reads_its_file(program, tmp_path):
    path = shutil.which(program, path=SYSTEM)
    if path is None:
        pytest.skip(f"UNTESTED, because {program} is not installed here")
    template, words = PROGRAMS[program]
    file, key = tmp_path / "file", tmp_path / "key"
    file.write_text(render(ROOT / "playbooks" / "roles" / template), encoding="utf-8")
    if program == "sshd":
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    arguments = [word.format(file=file, key=key) for word in words]
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False, timeout=20)
    if "Missing privilege separation directory" in done.stderr:
        pytest.skip(f"UNTESTED, because {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr


def test_the_quote_of_a_secret_is_written_for_freeradius():
    text = render(ROOT / "playbooks/roles/freeradius/templates/clients.conf.j2")
    assert text.count("secret = 'it\\'s \\ odd'\n") == 3
