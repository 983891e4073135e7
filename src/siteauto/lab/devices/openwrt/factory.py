"""An OpenWrt box as its image comes up for the first time: its board, and what /etc/config holds then."""

from dataclasses import dataclass

RELEASE = "24.10.4"
REVISION = "r28959-29397011cc"
KERNEL = "6.6.110"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What differs between the boxes. `lan` and `wan` are ports, in the words of board.d."""

    title: str
    board: str
    target: str
    system: str
    lan: tuple[str, ...]
    wan: str = ""
    conduit: str = "eth0"  # what the switch hangs on
    radios: tuple[tuple[str, str], ...] = (("radio0", "2g"), ("radio1", "5g"))

    @property
    def ports(self) -> tuple[str, ...]:
        """All ports, LAN first."""
        return (*self.lan, *([self.wan] if self.wan else []))

    def on_switch(self, port: str) -> bool:
        """Whether the port is one of the switch, and no network device of the board itself."""
        return self.conduit == "dsa" or not port.startswith("eth")


BOARDS = {
    "NWA50AX": Board(
        title="ZyXEL NWA50AX",
        board="zyxel,nwa50ax",
        target="ramips/mt7621",
        system="MediaTek MT7621 ver:1 eco:3",
        lan=("lan",),
    ),
    "U6-Lite": Board(
        title="Ubiquiti UniFi 6 Lite",
        board="ubnt,unifi-6-lite",
        target="ramips/mt7621",
        system="MediaTek MT7621 ver:1 eco:3",
        lan=("lan",),
    ),
    "WAX206": Board(
        title="Netgear WAX206",
        board="netgear,wax206",
        target="mediatek/mt7622",
        system="ARMv8 Processor rev 4",
        lan=("lan1", "lan2", "lan3", "lan4"),
        wan="wan",
    ),
    "E8450": Board(
        title="Linksys E8450 (UBI)",
        board="linksys,e8450-ubi",
        target="mediatek/mt7622",
        system="ARMv8 Processor rev 4",
        lan=("lan1", "lan2", "lan3", "lan4"),
        wan="wan",
    ),
    "GL-MT6000": Board(
        title="GL.iNet GL-MT6000",
        board="glinet,gl-mt6000",
        target="mediatek/filogic",
        system="ARMv8 Processor rev 4",
        lan=("lan1", "lan2", "lan3", "lan4", "lan5"),
        wan="eth1",
    ),
    "ER-X": Board(
        title="Ubiquiti EdgeRouter X",
        board="ubnt,edgerouter-x",
        target="ramips/mt7621",
        system="MediaTek MT7621 ver:1 eco:3",
        lan=("eth1", "eth2", "eth3", "eth4"),
        wan="eth0",
        conduit="dsa",
        radios=(),
    ),
}

_SERVICES = """\
package chrony

config pool
	option hostname '2.openwrt.pool.ntp.org'
	option maxpoll '12'
	option iburst 'yes'

config dhcp_ntp_server
	option iburst 'yes'
	option disabled 'no'

config allow
	option interface 'lan'

config makestep
	option threshold '1.0'
	option limit '3'

package dhcp

config dnsmasq
	option domainneeded '1'
	option localise_queries '1'
	option domain 'lan'
	option leasefile '/tmp/dhcp.leases'

config dhcp 'lan'
	option interface 'lan'
	option start '100'
	option limit '150'
	option leasetime '12h'

config odhcpd 'odhcpd'
	option maindhcp '0'

package dropbear

config dropbear 'main'
	option enable '1'
	option PasswordAuth 'on'
	option RootPasswordAuth 'on'
	option Port '22'

package firewall

config defaults
	option syn_flood '1'
	option input 'REJECT'
	option output 'ACCEPT'
	option forward 'REJECT'

config zone
	option name 'lan'
	list network 'lan'
	option input 'ACCEPT'
	option output 'ACCEPT'
	option forward 'ACCEPT'

config zone
	option name 'wan'
	list network 'wan'
	list network 'wan6'
	option input 'REJECT'
	option output 'ACCEPT'
	option forward 'DROP'
	option masq '1'
	option mtu_fix '1'

config forwarding
	option src 'lan'
	option dest 'wan'

config rule
	option name 'Allow-DHCP-Renew'
	option src 'wan'
	option proto 'udp'
	option dest_port '68'
	option target 'ACCEPT'
	option family 'ipv4'

config rule
	option name 'Allow-Ping'
	option src 'wan'
	option proto 'icmp'
	option icmp_type 'echo-request'
	option family 'ipv4'
	option target 'ACCEPT'

package lldpd

config lldpd 'config'
	option enable_cdp '1'
	option lldp_class '4'
	option lldp_location '2:FR:6:Commercial Rd:3:Roseville:19:4'
	list interface 'loopback'
	list interface 'lan'

"""

_REST = """\
package rpcd

config rpcd
	option socket '/var/run/ubus/ubus.sock'
	option timeout '30'

config login
	option username 'root'
	option password '$p$root'
	list read '*'
	list write '*'

package system

config system
	option hostname 'OpenWrt'
	option timezone 'UTC'
	option ttylogin '0'
	option log_size '128'
	option urandom_seed '0'

config timeserver 'ntp'
	option enabled '1'
	list server '0.openwrt.pool.ntp.org'
	list server '1.openwrt.pool.ntp.org'

"""


def factory_configuration(board: Board) -> str:
    """Every package as `uci export` prints it."""
    return _SERVICES + _network(board) + _REST + (_wireless(board) if board.radios else "")


def _network(board: Board) -> str:
    ports = "".join(f"\tlist ports '{port}'\n" for port in board.lan)
    text = (
        "package network\n\nconfig interface 'loopback'\n\toption device 'lo'\n\toption proto 'static'\n"
        "\toption ipaddr '127.0.0.1'\n\toption netmask '255.0.0.0'\n\n"
        "config globals 'globals'\n\toption ula_prefix 'fd6b:4c1a:77e2::/48'\n\n"
        f"config device\n\toption name 'br-lan'\n\toption type 'bridge'\n{ports}\n"
        "config interface 'lan'\n\toption device 'br-lan'\n\toption proto 'static'\n"
        "\toption ipaddr '192.168.1.1'\n\toption netmask '255.255.255.0'\n\toption ip6assign '60'\n\n"
    )
    if board.wan:
        text += f"config interface 'wan'\n\toption device '{board.wan}'\n\toption proto 'dhcp'\n\n"
    return text


def _wireless(board: Board) -> str:
    text = "package wireless\n\n"
    for number, (radio, band) in enumerate(board.radios):
        channel, width = ("1", "HE20") if band == "2g" else ("36", "HE80")
        text += (
            f"config wifi-device '{radio}'\n\toption type 'mac80211'\n"
            f"\toption path 'platform/soc/18000000.wifi+{number}'\n\toption band '{band}'\n"
            f"\toption channel '{channel}'\n\toption htmode '{width}'\n\toption disabled '1'\n\n"
            f"config wifi-iface 'default_{radio}'\n\toption device '{radio}'\n\toption network 'lan'\n"
            "\toption mode 'ap'\n\toption ssid 'OpenWrt'\n\toption encryption 'none'\n\n"
        )
    return text
