"""Runs inside the lab's server, in the namespace that stands for the rest of the site: asks its services for real.

Standard library only. Prints one JSON object. Arguments: server address, RADIUS secret, client address, then the relay
address of each VLAN to ask for a lease.
"""

import hashlib
import hmac
import json
import os
import socket
import struct
import sys

SECONDS = 8


def ask(server, port, request, source=("0.0.0.0", 0)):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.settimeout(SECONDS)
        sock.bind(source)
        sock.sendto(request, (server, port))
        return sock.recv(4096)


def lease(server, relay, mac):
    """What DHCP offers to a box behind a relay: its address, and the options by number."""
    wanted = bytes([53, 1, 1, 55, 9, 1, 3, 6, 15, 42, 51, 54, 66, 150, 255])
    head = struct.pack("!BBBBIHH", 1, 1, 6, 1, 0x5174, 0, 0) + bytes(12) + socket.inet_aton(relay)
    request = head + mac + bytes(10 + 64 + 128) + b"\x63\x82\x53\x63" + wanted
    reply = ask(server, 67, request, (relay, 67))
    options, rest = {}, reply[240:]
    while rest and rest[0] != 255:
        options[rest[0]], rest = rest[2 : 2 + rest[1]], rest[2 + rest[1] :]
    addresses = {
        code: [socket.inet_ntoa(options[code][at : at + 4]) for at in range(0, len(options[code]), 4)]
        for code in (3, 6, 42, 150)
        if code in options
    }
    return {
        "address": socket.inet_ntoa(reply[16:20]),
        "seconds": int.from_bytes(options[51], "big"),
        "domain": options[15].decode(),
        "boot_server": options.get(66, b"").rstrip(b"\0").decode(),
        **{str(code): value for code, value in addresses.items()},
    }


def resolve(server, name, kind=1):
    """The data of the first answer of DNS, as bytes in hex; empty when there is none."""
    words = b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0"
    reply = ask(server, 53, struct.pack("!6H", 7, 0x0100, 1, 0, 0, 0) + words + struct.pack("!2H", kind, 1))
    if struct.unpack("!6H", reply[:12])[3] == 0:
        return ""
    answer = reply[12 + len(words) + 4 :]
    return answer[12 : 12 + struct.unpack("!H", answer[10:12])[0]].hex()


def radius(server, client, secret):
    """The code of the answer to a login, after the server has proved that it knows the secret."""
    authenticator = os.urandom(16)
    mask = hashlib.md5(secret + authenticator).digest()
    password = bytes(a ^ b for a, b in zip(b"wrong".ljust(16, b"\0"), mask, strict=True))
    attributes = b"\x01\x08nobody"[:8] + b"\x02\x12" + password + b"\x50\x12" + bytes(16)
    request = struct.pack("!BBH", 1, 9, 20 + len(attributes)) + authenticator + attributes
    request = request[:-16] + hmac.new(secret, request, "md5").digest()
    reply = ask(server, 1812, request, (client, 0))
    proof = hashlib.md5(reply[:4] + authenticator + reply[20:] + secret).digest()
    assert proof == reply[4:20], "the server has another secret"
    return reply[0]


def main(server, secret, client, *relays):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((client, 0))
        sock.sendto(b"<189>41: us-nyc-mad01-sw1: %SYS-5-CONFIG_I: Configured from console", (server, 514))
    clock = ask(server, 123, b"\x23" + bytes(47))
    found = {
        "leases": [lease(server, relay, b"\x02\0\0\0\0" + bytes([at])) for at, relay in enumerate(relays)],
        "reserved": lease(server, "10.44.19.33", bytes.fromhex("68e59e102a40")),
        "forward": resolve(server, "us-nyc-mad01-sw1.net.maisonverre.example"),
        "backward": resolve(server, "34.19.44.10.in-addr.arpa", 12),
        "unknown": resolve(server, "nobody.us-nyc-mad01.net.maisonverre.example"),
        "stratum": clock[1],
        "radius": radius(server, client, secret.encode()),
    }
    print(json.dumps(found))


main(*sys.argv[1:])
