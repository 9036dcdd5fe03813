"""Special addresses: what the registries name is not public, from the first address to the last."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

import pytest

from hanpan.assets.special_addresses import IPV4, IPV6, is_public

# Both registries as of 2025-04, block after block, with what they say of being globally reachable;
# what they leave open (6to4, Teredo, ORCHID, the relays of 6to4) is not public.
REGISTRIES = """
0.0.0.0/8 no, 0.0.0.0/32 no, 10.0.0.0/8 no, 100.64.0.0/10 no, 127.0.0.0/8 no, 169.254.0.0/16 no,
172.16.0.0/12 no, 192.0.0.0/24 no, 192.0.0.0/29 no, 192.0.0.8/32 no, 192.0.0.9/32 yes,
192.0.0.10/32 yes, 192.0.0.170/32 no, 192.0.0.171/32 no, 192.0.2.0/24 no, 192.31.196.0/24 yes,
192.52.193.0/24 yes, 192.88.99.0/24 no, 192.88.99.2/32 no, 192.168.0.0/16 no, 192.175.48.0/24 yes,
198.18.0.0/15 no, 198.51.100.0/24 no, 203.0.113.0/24 no, 240.0.0.0/4 no, 255.255.255.255/32 no,
224.0.0.0/4 no,
::1/128 no, ::/128 no, ::ffff:0:0/104 no, 64:ff9b::/104 no, 64:ff9b:1::/48 no, 100::/64 no,
100:0:0:1::/64 no, 2001::/32 no, 2001:1::1/128 yes, 2001:1::2/128 yes, 2001:1::3/128 yes,
2001:2::/48 no, 2001:3::/32 yes, 2001:4:112::/48 yes, 2001:10::/28 no, 2001:20::/28 yes,
2001:30::/28 yes, 2001:db8::/32 no, 2002::/16 no, 2620:4f:8000::/48 yes, 3fff::/20 no, 5f00::/16 no,
fc00::/7 no, fe80::/10 no, fec0::/10 no, ff00::/8 no, ::/8 no, 200::/7 no, 4000::/2 no, 8000::/1 no
"""
LISTED = {
    block: reachable == "yes"
    for block, reachable in (entry.split() for entry in REGISTRIES.replace("\n", " ").split(","))
}
AROUND = {"::/0": False, "2000::/3": True, "2001::/23": False}
AROUND |= {"::ffff:0:0/96": True, "64:ff9b::/96": True}
PUBLIC = ["1.1.1.1", "2606:4700::1111", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1", "2001:200::1"]


def edges(block: IPv4Network | IPv6Network) -> set[IPv4Address | IPv6Address]:
    """Return the first and the last address of a block, and those beside them."""
    first, last = block.network_address, block.broadcast_address
    kind = type(first)
    numbers = {int(first) - 1, int(first), int(first) + 1, int(last) - 1, int(last), int(last) + 1}
    return {kind(number) for number in numbers if 0 <= number < 1 << first.max_prefixlen}


def narrowest(ip: IPv4Address | IPv6Address, blocks: dict[str, bool]) -> bool | None:
    """Return what the narrowest of some blocks says of an address, None where none holds it."""
    holding = [block for block in blocks if ip in ip_network(block)]
    return blocks[max(holding, key=lambda block: ip_network(block).prefixlen)] if holding else None


@pytest.mark.parametrize("block", LISTED)
def test_the_table_s_borders(block: str) -> None:
    for address in edges(ip_network(block)):
        wanted = narrowest(address, AROUND | LISTED)
        assert is_public(str(address)) is (wanted is not False), address


def test_every_row_of_our_tables_is_of_a_registry() -> None:
    assert set(IPV4) | set(IPV6) <= set(LISTED) | set(AROUND)


PRIVATE = """
192.0.0.192 192.0.0.8 fec0::1 192.88.99.1 3fff::1 169.254.169.254 100.100.100.200 0.1.2.3
fd00:ec2::254 fe80::1%eth0 2606:4700::1%eth0 2606:4700::1%1 ::127.0.0.1 ::1.1.1.1 ::ffff:10.0.0.1
::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1.1.1.1 64:ff9b:1:fffe::7f00:1
2002:7f00:1:: 2002:101:101:: 2001:0:101:101::1 2001:0:7f00:1:0:0:80ff:fffe 2620::5efe:127.0.0.1
2620::200:5efe:10.0.0.1 2606:4700:0:1:0:5efe:c0a8:1 ff0e::1 ff02::1 5f00::1 4000::1 e000::1 1::1
"""
NONE = ["localhost", "127.1", "0x7f.0.0.1", "127.0.0.01", "2130706433", "1.1.1.1.1", "a.example"]
NONE += ["", " 1.1.1.1", "1.1.1.1\n", "\u0661.\u0661.\u0661.\u0661"]


@pytest.mark.parametrize("address", [*PRIVATE.split(), *NONE])
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [*PUBLIC, "2620::5efe:1.1.1.1"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)
