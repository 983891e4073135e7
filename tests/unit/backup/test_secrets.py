"""Every kind of secret that a Cisco IOS box can hold, and what may not be lost with it."""

import pytest

from siteauto.core.leaks import gate
from siteauto.core.redact import redact
from siteauto.platforms import load_platforms

KEY = bytes(32)
C = "C4nary"  # a word of the secret itself; SNMP, keys and passwords are written in their usual forms

IOS = [
    ("enable secret 9 $9$abcdefghijklmn${}", "enable secret 9 "),
    ("enable secret 5 $1$abcd${}", "enable secret 5 "),
    ("enable password {}", "enable password "),
    ("enable password 7 {}", "enable password 7 "),
    ("username anna privilege 15 secret 9 $9$abc${}", "username anna privilege 15 secret 9 "),
    ("username anna password 7 {}", "username anna password 7 "),
    ("username anna privilege 15 password 0 {}", "username anna privilege 15 password 0 "),
    ("line vty 0 4\n password 7 {}\n login", "line vty 0 4\n password 7 |\n login"),
    ("snmp-server community {} RO 10", "snmp-server community | RO 10"),
    ("snmp-server community {} view V RW IPV4", "snmp-server community | view V RW IPV4"),
    ("snmp-server host 10.0.0.9 version 2c {} config", "snmp-server host 10.0.0.9 version 2c | config"),
    ("snmp-server host 10.0.0.9 {}", "snmp-server host 10.0.0.9 |"),
    ("snmp-server user u g v3 auth sha {} priv aes 128 {} access 10", "snmp-server user u g v3 auth sha | priv aes 128 | access 10"),
    ("tacacs-server key 7 {}", "tacacs-server key 7 "),
    ("tacacs-server host 10.0.0.8 key 7 {}", "tacacs-server host 10.0.0.8 key 7 "),
    ("tacacs server T\n address ipv4 10.0.0.8\n key 7 {}\n timeout 4", "tacacs server T\n address ipv4 10.0.0.8\n key 7 |\n timeout 4"),
    ("radius-server key 7 {}", "radius-server key 7 "),
    ("radius-server host 10.0.0.7 auth-port 1812 key 7 {}", "radius-server host 10.0.0.7 auth-port 1812 key 7 "),
    ("radius server R\n address ipv4 10.0.0.7\n key 6 {}", "radius server R\n address ipv4 10.0.0.7\n key 6 "),
    ("aaa group server radius G\n server-private 10.0.0.7 auth-port 1812 key 7 {}", "aaa group server radius G\n server-private 10.0.0.7 auth-port 1812 key 7 "),
    ("aaa server radius dynamic-author\n client 10.0.0.7 server-key 7 {}", "aaa server radius dynamic-author\n client 10.0.0.7 server-key 7 "),
    ("ntp authentication-key 1 md5 {} 7", "ntp authentication-key 1 md5 | 7"),
    ("key chain K\n key 1\n  key-string 7 {}\n  accept-lifetime infinite", "key chain K\n key 1\n  key-string 7 |\n  accept-lifetime infinite"),
    ("interface Vlan1\n ip ospf message-digest-key 1 md5 7 {}\n ip address dhcp", "interface Vlan1\n ip ospf message-digest-key 1 md5 7 |\n ip address dhcp"),
    ("interface Vlan1\n ip ospf authentication-key 7 {}", "interface Vlan1\n ip ospf authentication-key 7 "),
    ("interface Vlan1\n standby 1 authentication md5 key-string 7 {}", "interface Vlan1\n standby 1 authentication md5 key-string 7 "),
    ("interface Vlan1\n standby 1 authentication {}", "interface Vlan1\n standby 1 authentication "),
    ("interface Vlan1\n vrrp 1 authentication md5 key-string 7 {}", "interface Vlan1\n vrrp 1 authentication md5 key-string 7 "),
    ("router bgp 65000\n neighbor 10.0.0.6 password 7 {}\n neighbor 10.0.0.6 description x", "router bgp 65000\n neighbor 10.0.0.6 password 7 |\n neighbor 10.0.0.6 description x"),
    ("router isis\n area-password {}", "router isis\n area-password "),
    ("crypto isakmp key 6 {} address 10.0.0.5", "crypto isakmp key 6 | address 10.0.0.5"),
    ("crypto isakmp key {} hostname peer.example", "crypto isakmp key | hostname peer.example"),
    ("crypto keyring R\n pre-shared-key address 10.0.0.5 key {}", "crypto keyring R\n pre-shared-key address 10.0.0.5 key "),
    ("crypto ikev2 keyring R\n peer P\n  pre-shared-key local 6 {}", "crypto ikev2 keyring R\n peer P\n  pre-shared-key local 6 "),
    ("wlan staff 1 staff\n security wpa psk set-key ascii 0 {}\n no shutdown", "wlan staff 1 staff\n security wpa psk set-key ascii 0 |\n no shutdown"),
    ("wlan staff 1 staff\n security wpa wpa3 sae\n security wpa psk set-key ascii 8 {}", "wlan staff 1 staff\n security wpa wpa3 sae\n security wpa psk set-key ascii 8 "),
    ("interface Dialer1\n ppp chap password 7 {}", "interface Dialer1\n ppp chap password 7 "),
    ("interface Dialer1\n ppp pap sent-username u password 7 {}", "interface Dialer1\n ppp pap sent-username u password 7 "),
    ("ip http client password 7 {}", "ip http client password 7 "),
    ("ip ftp password 7 {}", "ip ftp password 7 "),
    ("crypto pki trustpoint T\n password 7 {}\n revocation-check crl", "crypto pki trustpoint T\n password 7 |\n revocation-check crl"),
    ("cts sxp default password 7 {}", "cts sxp default password 7 "),
    ("mpls ldp neighbor 10.0.0.4 password 7 {}", "mpls ldp neighbor 10.0.0.4 password 7 "),
    ("router ospf 1\n area 1 virtual-link 10.0.0.3 message-digest-key 1 md5 7 {}", "area 1 virtual-link 10.0.0.3 message-digest-key 1 md5 7 "),
    ("interface Vlan1\n vrrp 1 authentication text {}", "vrrp 1 authentication text "),
    ("archive\n path ftp://bob:{}@10.0.0.2/$h", "path ftp://bob:|@10.0.0.2/$h"),
    ("interface Vlan1\n isis password {} level-2", "isis password | level-2"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "left"), IOS, ids=[" ".join(line.split()[:6]) for line, _ in IOS])
def test_a_secret_of_ios_goes_and_nothing_else_does(line, left):
    rules = load_platforms()["cisco_ios"].config
    secret = "0822455D0A16C4nary" if " 7 {}" in line else f"{C}Zq8Wm3"
    text = f"hostname r\n{line.format(secret, secret)}\nend\n"
    shown = gate(redact(rules, text, KEY), {}, KEY)
    assert C not in shown.text, shown.text
    assert not shown.masked, "only the last gate saw it"
    for part in left.split("|"):
        assert part in shown.text, shown.text
