"""A small company in a clone of the forge's repository, and the backups of its devices."""

import shutil
import subprocess
from pathlib import Path

from siteauto.cli.main import run

INVENTORY = Path(__file__).parents[1] / "golden" / "errors" / "base"
SITE, OTHER = "us-nyc-mad01", "us-bos-new01"
GIT = ("git", "-c", "user.name=anna", "-c", "user.email=anna@example.net", "-c", "commit.gpgsign=false")

SWITCH = """\
version 17.9
hostname {{ intent.device.name }}
username {{ intent.organisation.local_admin }} privilege 15 secret {{ intent.secret("local_admin") }}
{% for vlan in intent.vlans %}
vlan {{ vlan.id }}
 name {{ vlan.name }}
{% endfor %}
{% for port in intent.ports if port.kind != "disabled" %}
interface {{ port.name }}
 description {{ port.description }}
{% if port.access_vlan %}
 switchport access vlan {{ port.access_vlan }}
{% endif %}
{% endfor %}
{% for server in intent.organisation.ntp_servers %}
ntp server {{ server }}
{% endfor %}
{% if intent.extra_cli %}
{{ intent.extra_cli }}
{% endif %}
end
"""
FIREWALL = """\
#config-version=FGT60F-7.4.7
config system global
    set hostname "{{ intent.device.name }}"
end
config router multicast
end
"""


def git(folder, *arguments):
    return subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def make_company(folder):
    """Once for all tests: `bare.git`, `company` (a clone) and `backups`, as yet without drift."""
    company, backups = folder / "company", folder / "backups" / "config"
    shutil.copytree(INVENTORY, company / "inventory")
    for name, text in {
        "cisco_ios/core.j2": SWITCH,
        "cisco_ios/wlc.j2": SWITCH,
        "fortinet/firewall.j2": FIREWALL,
    }.items():
        (company / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (company / "templates" / name).write_text(text)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "sites.git")
    git(company, "init", "--quiet", "--initial-branch=main")
    git(company, "add", "--all")
    git(company, "commit", "--quiet", "--message", "one")
    backups.mkdir(parents=True)
    git(backups, "init", "--quiet", "--initial-branch=main")
    for site in (SITE, OTHER):
        assert run(["render", site, "--root", str(company), "--output", str(backups / site)]) == 0
    return folder


class Company:
    """A copy of it for one test, on one forge."""

    def __init__(self, made, forge):
        self.forge = forge
        folder = forge.folder / "own"
        shutil.copytree(made, folder)
        self.root, self.backups = folder / "company", folder / "backups"
        git(self.root, "remote", "add", "origin", str(forge.bare))
        git(self.root, "push", "--quiet", "--force", "origin", "main")
        self.back_up()

    def config(self, device):
        return self.backups / "config" / device.rpartition("-")[0] / f"{device}.cfg"

    def change(self, device, *changes):
        """Somebody types at a device, and the night comes."""
        file = self.config(device)
        text = file.read_text()
        for old, new in changes:
            assert old in text, text
            text = text.replace(old, new, 1)
        file.write_text(text)
        self.back_up()

    def back_up(self):
        git(self.backups / "config", "add", "--all")
        git(self.backups / "config", "commit", "--quiet", "--allow-empty", "--message", "Back up")

    def pull(self):
        git(self.root, "pull", "--quiet", "--ff-only", "origin", "main")
