"""The files of the server, laid out from the example site and read by the programs that they are for."""

import platform
import subprocess
from pathlib import Path, PurePath

import jinja2
import pytest
from tests.programs import find_program, root_of, run_program

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
    "rsyslogd": (
        "rsyslog/templates/rsyslog.conf.j2",
        ["-N1", "-f", "{file}", "-M", "{root}/usr/lib/{machine}/rsyslog"],
    ),
    "nft": ("base/templates/nftables.conf.j2", ["--check", "--file", "{file}"]),
}
# What a program wants of the machine that has nothing to do with its file.
INSIDE = {
    "rsyslogd": "mount -t tmpfs none /var/spool; mkdir /var/spool/rsyslog",
    "sshd": "mount -t tmpfs none /run; mkdir /run/sshd; mount --bind {passwd} /etc/passwd",
    "nft": "true",
}
# As small as a server can be that reads clients.conf.
RADIUSD = """\
libdir = {root}/usr/lib/freeradius
modules {{
}}
$INCLUDE {file}
server default {{
  listen {{
    type = auth
    ipaddr = 127.0.0.1
    port = 1812
  }}
}}
"""


def read_by(program: str, file: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    key, passwd = folder / "key", folder / "passwd"
    if program == "sshd" and not key.exists():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        passwd.write_text("root:x:0:0::/:/bin/sh\nsshd:x:0:0::/run/sshd:/bin/false\n", encoding="utf-8")
    root, machine = root_of(find_program(program)), f"{platform.machine()}-linux-gnu"
    words = [word.format(file=file, key=key, root=root, machine=machine) for word in PROGRAMS[program][1]]
    return run_program(program, *words, inside=INSIDE.get(program, "").format(passwd=passwd))


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_program_reads_its_file_and_no_other_line(program, tmp_path):
    file = tmp_path / "file"
    file.write_text(render(ROOT / "playbooks" / "roles" / PROGRAMS[program][0]), encoding="utf-8")
    done = read_by(program, file, tmp_path)
    if "unshare: " in done.stderr or "Operation not permitted" in done.stderr:
        pytest.skip(f"UNTESTED, because {program} needs a namespace of its own: {done.stderr.splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    file.write_text(file.read_text(encoding="utf-8") + "\nnonsense from siteauto\n", encoding="utf-8")
    assert read_by(program, file, tmp_path).returncode != 0, "a rejected line must fail"


@pytest.mark.parametrize("line", ["", "\nclient {\n"])
def test_freeradius_reads_its_clients(line, tmp_path):
    file, server = tmp_path / "clients.conf", tmp_path / "radiusd.conf"
    file.write_text(render(ROOT / "playbooks/roles/freeradius/templates/clients.conf.j2") + line, encoding="utf-8")
    root = root_of(find_program("freeradius"))
    server.write_text(RADIUSD.format(root=root, file=file), encoding="utf-8")
    dictionary = root / "usr/share/freeradius"
    done = run_program("freeradius", "-C", "-X", "-d", tmp_path, "-D", dictionary, "-n", "radiusd", "-l", "stdout")
    assert (done.returncode == 0) is (line == ""), done.stdout + done.stderr


def test_the_quote_of_a_secret_is_written_for_freeradius():
    text = render(ROOT / "playbooks/roles/freeradius/templates/clients.conf.j2")
    assert text.count("secret = 'it\\'s \\ odd'\n") == 3
