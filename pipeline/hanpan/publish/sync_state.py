"""Sync state: whose text a server has, and whether it is the one to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hanpan.publish.client import RemotePost
from hanpan.publish.difference import words
from hanpan.publish.ledger_text import LedgerEntry

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SyncState:
    """How a post there relates to what is here."""

    is_ours: bool  # as hanpan left it: it may be overwritten
    is_sent: bool  # what is here was already sent, and arrived


def sync_state_of(
    digest: str, here: Fields, sent: Fields, entry: LedgerEntry, remote: RemotePost
) -> SyncState:
    """Compare the post there with the ledger.

    `digest` is the hash of what would be sent, `here` its fields; `sent` are the fields that were
    last sent, empty where that is not known.
    """
    if entry.id and remote.edit_hash == entry.given:  # a request cut off since then never arrived
        return SyncState(True, entry.sent == digest)
    if entry.intent:  # it may be the result of the request that was cut off
        there = words(remote.fields)
        arrived = not sent or there in (words(sent), words(here))
        return SyncState(arrived, arrived and entry.intent == digest)
    if entry.id:
        return SyncState(False, entry.sent == digest)
    # The ledger was lost: the same words are the same post, whatever a server filters out.
    is_same = all(remote.fields.get(name) == value for name, value in here.items())
    return SyncState(words(remote.fields) == words(here), is_same)
