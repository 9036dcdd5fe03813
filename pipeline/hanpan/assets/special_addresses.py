"""Special addresses: those that are not of the public Internet, the same on every Python.

The tables are IANA's registries of special-purpose addresses (RFC 6890) as they stood when their
newest entry, 100:0:0:1::/64, was made. The `ipaddress` of Python has them too, but as of the day
on which that Python was released.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

DATE = "2025-04"  # of the tables

# block -> whether it is globally reachable; the narrowest block that holds an address counts
IPV4: dict[str, bool] = {
    "0.0.0.0/8": False,  # this network
    "10.0.0.0/8": False,  # private use
    "100.64.0.0/10": False,  # shared by a provider's customers
    "127.0.0.0/8": False,  # loopback
    "169.254.0.0/16": False,  # link-local, and where clouds tell machines their secrets
    "172.16.0.0/12": False,  # private use
    "192.0.0.0/24": False,  # protocol assignments
    "192.0.0.9/32": True,  # Port Control Protocol
    "192.0.0.10/32": True,  # TURN
    "192.0.2.0/24": False,  # documentation
    "192.31.196.0/24": True,  # AS112
    "192.52.193.0/24": True,  # AMT
    "192.88.99.0/24": False,  # 6to4 relays, given up
    "192.168.0.0/16": False,  # private use
    "192.175.48.0/24": True,  # AS112
    "198.18.0.0/15": False,  # benchmarks
    "198.51.100.0/24": False,  # documentation
    "203.0.113.0/24": False,  # documentation
    "224.0.0.0/4": False,  # multicast: of the registry of the address space
    "240.0.0.0/4": False,  # reserved, and broadcast
}
IPV6: dict[str, bool] = {
    "::/0": False,  # loopback, unique-local, link-local, site-local, multicast, not assigned:
    "2000::/3": True,  # all but global unicast
    "64:ff9b::/96": True,  # NAT64, which leads to the IPv4 address in it
    "::ffff:0:0/96": True,  # IPv4-mapped, which means the IPv4 address in it
    "2001::/23": False,  # protocol assignments, Teredo and ORCHID among them
    "2001:1::1/128": True,  # Port Control Protocol
    "2001:1::2/128": True,  # TURN
    "2001:1::3/128": True,  # DNS-SD
    "2001:3::/32": True,  # AMT
    "2001:4:112::/48": True,  # AS112
    "2001:20::/28": True,  # ORCHIDv2
    "2001:30::/28": True,  # drones
    "2001:db8::/32": False,  # documentation
    "2002::/16": False,  # 6to4, given up: any host may relay it, also into its own network
    "3fff::/20": False,  # documentation
}
_IPV4 = [(IPv4Network(block), reachable) for block, reachable in IPV4.items()]
_IPV6 = [(IPv6Network(block), reachable) for block, reachable in IPV6.items()]
_WITHIN = ("64:ff9b::/96", "::ffff:0:0/96")  # blocks whose last 32 bits are an IPv4 address
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: in front of the IPv4 address within an interface id


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public Internet, however it is written."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return _is_reachable(ip)
    if ip.scope_id is not None:  # it names an interface of this machine
        return False
    return _is_reachable(ip) and all(map(_is_reachable, _inner(ip)))


def _is_reachable(ip: IPv4Address | IPv6Address) -> bool:
    """Tell what the narrowest block says that holds an address; one in no block is public."""
    blocks = _IPV4 if isinstance(ip, IPv4Address) else _IPV6
    holding = [(block.prefixlen, reachable) for block, reachable in blocks if ip in block]
    return max(holding)[1] if holding else True


def _inner(ip: IPv6Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses to which an IPv6 address leads."""
    number = int(ip)
    is_translated = any(ip in IPv6Network(block) for block in _WITHIN)
    if is_translated or (number >> 32) & 0xFFFFFFFF in _ISATAP:
        yield IPv4Address(number & 0xFFFFFFFF)
