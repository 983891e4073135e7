"""What each error code means and how to mend it: the text of `siteauto explain E2104`.

A code never changes its meaning and is never used again.
"""

from collections.abc import Mapping
from types import MappingProxyType

_TEXTS = {
    # files
    "E1001": "A file of the inventory cannot be opened. Check that it exists and that you may read it.",
    "E1002": "A file is not UTF-8 text. Save it as UTF-8 in your editor; the message shows the first byte that is not.",
    "E1003": (
        "The file is not valid YAML. Common reasons: a missing colon or closing bracket, a wrong indentation, a "
        "value with a colon in it that needs quotes."
    ),
    "E1004": "A line is indented with a tab. YAML allows spaces only; set your editor to two spaces.",
    "E1005": "The file does not hold a mapping of keys to values. A site file starts with `site: NAME`.",
    "E1006": "A key stands twice in one mapping, so that one of the two values would be lost. Remove one.",
    "E1007": "A file holds two documents (a line `---` in the middle). Put each site into a file of its own.",
    "E1008": (
        "The file is larger, deeper or, once its aliases are written out, longer than an inventory file can be. "
        "Look for a file in the wrong place, or an alias that holds itself many times."
    ),
    "E1009": "A key is a list, a mapping or empty. Keys are plain words.",
    "E1101": (
        "A key is not known at this place. Look at the suggestion; check the indentation: the key may be meant for "
        "the level above."
    ),
    "E1102": (
        "A key that is needed is missing. It is shown where the site file can give it; the archetype may give it as "
        "well."
    ),
    "E1103": (
        "A value is not of the kind that is needed here: a word where a number belongs, an address without its "
        "prefix length, a word that is not one of those allowed."
    ),
    "E1104": (
        "A value stands in angle brackets: it is a gap that a person has to fill in, such as a serial number that is "
        "not known before the box is there. Put the value in its place."
    ),
    "E1105": (
        "A word stands where the name of a secret belongs. Passwords are never written into the inventory: write "
        "secret://SITE/PURPOSE and give its value on the machine that needs it. Change a password that was in a file."
    ),
    "E1201": "The site names an archetype for which there is no file in inventory/archetypes.",
    "E1202": "A site file is not called like its site. Rename one of the two.",
    "E1203": "An archetype file is not called like its archetype. Rename one of the two.",
    "E1204": "There is no file in inventory/sites. Add a site, or go to the right repository.",
    "E1205": "Files end in .yaml; one that ends in .yml would be left out in silence. Rename it.",
    # VLANs and subnets
    "E2101": "A VLAN id is outside 1 to 4094, or is one of 1002 to 1005, which Catalyst switches keep for themselves.",
    "E2102": "Two VLAN roles have one id. Give each its own; ids are the same at every site, so look at the archetype.",
    "E2103": "A pinned subnet lies outside the site's supernet. Take one inside; the help names the next free one.",
    "E2104": (
        "Two VLANs of the site have overlapping subnets, so one of them was pinned. Pin it elsewhere (the help "
        "names the next free place), or remove `subnet` and let siteauto place it."
    ),
    "E2105": "The subnets do not fit into the supernet. Take a larger supernet, or smaller VLANs.",
    "E2106": "A subnet is larger than the supernet, or too small for a gateway and a host.",
    "E2107": (
        "A VLAN with addresses needs a firewall zone: without one no rule could speak of it. The words internet and "
        "any are taken."
    ),
    "E2109": (
        "Every site needs a VLAN for management (mgmt), for unused ports (parking) and for untagged frames on "
        "trunks (native)."
    ),
    "E2110": "A VLAN asks for DHCP, which the site's own server gives, and the site has no device with that role.",
    "E2111": (
        "A subnet is too small for the people and things that the site's `capacity` names, growth included; `demand` "
        "says how many addresses each of them takes. A DHCP pool starts at the tenth address. Make the VLAN larger at "
        "this site (`vlans: {guest: {prefix: 23}}`), or correct the head count."
    ),
    # devices
    "E2201": "No platform file has this name. `siteauto platforms` lists them.",
    "E2202": (
        "The model is not in the platform's list of hardware. Check the spelling on the label, or add the model "
        "with its ports to the platform file."
    ),
    "E2203": "The model is known, but not for this role.",
    "E2204": (
        "The serial number does not have the form that this model's serial numbers have. Compare it with the label "
        "or with the order."
    ),
    "E2205": "Two devices of the site have one serial number or one MAC address. One of them was copied.",
    "E2206": "A device is called after its role and a number: fw1, sw1, wlc1, ap1, srv1.",
    "E2207": "A site is called country-city-place and two digits, in lower case: us-nyc-mad01.",
    "E2208": (
        "A device that siteauto logs in to needs a platform that has devices with its role. The model says which it "
        "is; `siteauto platforms` lists what each of them can do."
    ),
    "E2209": (
        "A device's address is not a host of the subnet that it belongs to: wrong subnet, wrong prefix length, or "
        "the subnet's own or broadcast address. Network devices belong into mgmt."
    ),
    "E2210": (
        "Two devices have one address, or another device has the gateway's: the first address of every subnet is "
        "the firewall's."
    ),
    "E2211": "An access point has no MAC address. Its controller gives it its tags by that; it is on the label.",
    "E2212": "siteauto builds sites with exactly one firewall (a cluster counts as one).",
    "E2213": "A device or port is in a room that the site does not list under rooms.",
    "E2214": "An access point needs a wireless controller at its site, or a platform of its own.",
    "E2215": "A device has a fixed address that the DHCP server would give to somebody else.",
    "E2218": "The way to the devices is wrong: a jump host that is none, or a login that nobody has written down.",
    "E2216": (
        "A device has something its own way that siteauto does not configure there: command lines of its own for a "
        "server or an access point, port profiles for a box that is no switch. Nobody would have told you."
    ),
    "E2217": (
        "A backup-only device has a name that it cannot have: that of a device of the site, or one with other signs "
        "than lower-case letters, digits and dashes."
    ),
    # cabling and ports
    "E2301": "A cable or a port range names a device that the site has not.",
    "E2302": "The model has no such port, or the short number fits more than one of its ports: write the full name.",
    "E2303": "Two cables end in one port.",
    "E2304": "A cable leads to a circuit that the site does not list under circuits.",
    "E2305": "One end of a cable is not written as a device and a port, or both ends are on one device.",
    "E2306": "A port has a profile and a cable. What a cable leads to decides what a port is for; remove the profile.",
    "E2307": (
        "Two ranges, two rooms or two desks in one file hold the same port. (A site may speak again of what its "
        "archetype has spoken of, a desk of a port of its room, and a range of any port.)"
    ),
    "E2308": "There is no port profile of this name.",
    "E2309": "A port profile puts ports into a VLAN role that this site has not. Take another profile for the range.",
    "E2310": "A range of ports runs backwards, as in 1/0/30-25, or holds a thousand ports or more.",
    "E2311": "Only switches have edge ports. Ports of firewalls and controllers have cables or are disabled.",
    "E2313": "A range of desks has ports that cannot be shared out evenly: give every desk as many as the next.",
    "E2314": "A device says that it hangs on something that is no switch here, or on another one than its cable does.",
    "E2312": (
        "No cable leads to a device, so it could not be reached. siteauto finds a port for it where one is free: "
        "an uplink of the core for a switch or controller, a port with power of a switch for an access point. Name "
        "the cable yourself, or take the device out."
    ),
    "E2401": "The gateway of a circuit is not another host of the circuit's subnet.",
    "E2402": "A circuit is listed and no cable leads to it. Cable it to a WAN port of the firewall.",
    # zone matrix
    "E2501": "A flow names a zone in which the site has no VLAN. Zones come from the VLANs; `internet` is outside.",
    "E2502": "A flow names a VLAN role that is not in the zone of that side.",
    "E2503": "A flow names a host group that nobody has defined.",
    "E2504": "A flow names a service that nobody has defined, or none at all. `all` means every service.",
    "E2505": (
        "operators, snmp-managers and company-services are made from the organisation's own lists, so that they "
        "cannot disagree with them. Use another name."
    ),
    "E2506": (
        "Operators reach a site from the internet side of its firewall. Without a flow that lets them in by SSH, "
        "the next change would lock them out."
    ),
    "E2507": (
        "Host groups stand for addresses outside the site, so they go with the internet side of a flow; and a flow "
        "from the internet to the internet means nothing."
    ),
    "E2508": "A TCP or UDP service needs ports; ICMP has none.",
    "E2510": (
        "No network may log in to a device, so that the next change would be the last one. List the operators' "
        "networks under management_networks."
    ),
    "E2509": "Ports or SSIDs ask for 802.1X, and there is no RADIUS server that could answer.",
    # wireless, site, company
    "E2601": "6 GHz permits WPA3 and OWE only, with protected management frames required: no WPA2, no transition mode.",
    "E2602": "siteauto builds wpa3-enterprise, wpa3-sae and owe.",
    "E2603": "An SSID leads into a VLAN role that the site has not, or that has no addresses.",
    "E2604": "WLAN ids are 1 to 16 and each stands once: higher ones are not in the controller's default tag.",
    "E2605": "An SSID has 1 to 32 printable bytes, and each name stands once.",
    "E2606": "SSIDs need a wireless controller, or access points with a platform. Take them away with null or add one.",
    "E2701": "The time zone is not in the IANA database.",
    "E2801": "The supernets of two sites overlap. An address must mean one place in the whole company.",
    "E2802": "One box, by its serial number, is at two sites. If it was moved, remove it from the old one.",
    "E2803": (
        "A site's supernet is not in a pool of its region. Regions, with their states and pools, are in "
        "inventory/defaults.yaml; `siteauto addresses` shows what is free."
    ),
    "E2804": (
        "A supernet holds addresses that the company uses elsewhere (its NTP servers, say): the site could never reach "
        "them. Take another supernet."
    ),
    "E2805": "One circuit, by its provider and id, is at two sites. One of them was copied.",
    "E2806": "One WAN address is at two sites. One of them was copied.",
    "E2807": "One box, by its MAC address, is at two sites. If it was moved, remove it from the old one.",
    "E2808": "Two regions share addresses or a state, so that nobody could tell which of them a site is in.",
    "E2809": "One backup-only box, by its address and port, is at two sites. It would be stored twice.",
    # notes
    "N1001": (
        "A device has extra_cli: lines that siteauto appends to its configuration and does not understand. Nothing "
        "checks them, and taking one out of the file does not always take it off the device. Plans list them as "
        "unmanaged. Ask for a field in the inventory when several devices need the same line."
    ),
    # address locks
    "E2901": (
        "A site has no address lock, so that the next VLAN could renumber all others. "
        "`siteauto addresses SITE --write` pins its addresses as they are planned now; commit the file."
    ),
    "E2902": (
        "A VLAN or a device has come to the site and is not in its lock. `siteauto addresses SITE --write` gives it an "
        "address and pins it; nothing else moves."
    ),
    "E2903": (
        "The lock keeps an address for something that the site has no more. `siteauto addresses SITE --write` frees it."
    ),
    "E2904": (
        "The site asks for another address, another size or another supernet than the lock has. Either take the change "
        "back, or let it be renumbered: siteauto does that only for what is named after --renumber."
    ),
    "E2905": (
        "A lock cannot be as it is: two subnets overlap, or something lies outside. Somebody edited it, or a merge "
        "went wrong. Restore it from git, or plan anew with --renumber all, which moves addresses."
    ),
    "E2906": "There is a lock and no site of that name. Remove the lock together with its site, or restore the site.",
    # drift-ignore.yaml
    "E3001": "A rule of drift-ignore.yaml has no scope, so it would hide all drift. Name a site, a device or a line.",
    "E3002": "A rule of drift-ignore.yaml ends before it starts. Correct one of the two dates.",
}

ERROR_CODES: Mapping[str, str] = MappingProxyType(_TEXTS)
