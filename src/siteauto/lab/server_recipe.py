"""What is in the lab server's root file system: Debian or Ubuntu packages, and the few files that make it a lab's.

The packages are part of the image because a lab has no network; the services of a site are installed but switched
off, as on a server that nobody has configured yet.
"""

from dataclasses import dataclass

LOGIN = "siteauto"  # the user that Ansible logs in as

PACKAGES = (
    "systemd",
    "systemd-sysv",
    "dbus",
    "openssh-server",
    "sudo",
    "python3",
    "python3-apt",
    "iproute2",
    "procps",
    "nftables",
    "tzdata",
    "logrotate",
    "chrony",
    "rsyslog",
    "dnsmasq",
    "freeradius",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """A file of the image."""

    path: str
    text: str
    mode: int = 0o644


# A server has one cable. Here it ends in a namespace of its own, `site`, which holds the gateway addresses of the
# firewall, so that relayed DHCP and routed queries can be tried from there.
_SETUP_SCRIPT = f"""\
#!/bin/sh
set -eu
. /run/lab/seed/network
ip netns add site
ip link add eth0 type veth peer name uplink netns site
ip address add "$ADDRESS" dev eth0
ip link set eth0 up
ip -n site link set lo up
for gateway in $GATEWAYS; do ip -n site address add "$gateway" dev uplink; done
ip -n site link set uplink up
ip route add default via "$GATEWAY"
# The way to sshd ends with a hop over loopback; without this, every second exchange there waits 40 ms for an ACK.
ip route change table local local 127.0.0.1 dev lo proto kernel scope host src 127.0.0.1 quickack 1
echo "127.0.1.1 $(hostname)" >> /etc/hosts
install -o root -g root -m 0600 /run/lab/seed/ssh_host_ed25519_key /etc/ssh/
install -o root -g root -m 0644 /run/lab/seed/ssh_host_ed25519_key.pub /etc/ssh/
install -d -o {LOGIN} -g {LOGIN} -m 0700 /home/{LOGIN}/.ssh
install -o {LOGIN} -g {LOGIN} -m 0600 /run/lab/seed/authorized_keys /home/{LOGIN}/.ssh/
"""

_SETUP_UNIT = """\
[Unit]
Description=Address, host key and login of this lab
Before=network.target ssh.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/lab-setup

[Install]
RequiredBy=ssh.service
"""

# The lab reaches sshd through a socket in a shared folder: the container itself has no way out.
_DOOR_SOCKET = """\
[Unit]
Description=The lab's way to sshd

[Socket]
ListenStream=/run/lab/door/ssh

[Install]
WantedBy=sockets.target
"""

_DOOR_SERVICE = """\
[Unit]
Description=The lab's way to sshd
Requires=lab-door.socket ssh.service
After=ssh.service

[Service]
ExecStart=/usr/lib/systemd/systemd-socket-proxyd 127.0.0.1:22
"""

# A container must not set the clock of the machine that it runs on: -x leaves it alone and serves it all the same.
_CHRONY_DROP_IN = """\
[Unit]
ConditionCapability=

[Service]
Environment="DAEMON_OPTS=-F 1 -x"
EnvironmentFile=
"""

FILES = (
    ImageFile(path="usr/local/sbin/lab-setup", text=_SETUP_SCRIPT, mode=0o755),
    ImageFile(path="etc/systemd/system/lab-setup.service", text=_SETUP_UNIT),
    ImageFile(path="etc/systemd/system/lab-door.socket", text=_DOOR_SOCKET),
    ImageFile(path="etc/systemd/system/lab-door.service", text=_DOOR_SERVICE),
    ImageFile(path="etc/systemd/system/chrony.service.d/lab.conf", text=_CHRONY_DROP_IN),
    ImageFile(path=f"etc/sudoers.d/{LOGIN}", text=f"{LOGIN} ALL=(ALL) NOPASSWD: ALL\n", mode=0o440),
    ImageFile(path="etc/resolv.conf", text="nameserver 127.0.0.1\n"),
    ImageFile(path="etc/apt/sources.list", text="# A lab has no network: every package is in the image.\n"),
)

# Runs in the new tree, as its root.
FINISH = f"""\
set -eu
useradd --create-home --shell /bin/bash {LOGIN}
rm -f /etc/ssh/ssh_host_* /etc/hostname
systemctl --quiet disable chrony dnsmasq freeradius nftables e2scrub_reap
systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \\
  console-getty.service getty.target systemd-logind.service systemd-networkd.service systemd-resolved.service \\
  systemd-timesyncd.service
systemctl --quiet enable lab-setup.service lab-door.socket
rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/* /usr/share/doc/* /usr/share/man/* /usr/share/locale/*
"""


def recipe_text() -> str:
    """All of the recipe as one text: two images with the same text are the same."""
    return "\n".join((*PACKAGES, *(f"{file.path} {file.mode:o}\n{file.text}" for file in FILES), FINISH))
