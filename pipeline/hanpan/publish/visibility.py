"""Visibility: which one to ask for, and which times are too late."""

from __future__ import annotations

from datetime import UTC, datetime

from hanpan.publish.client import KEPT, PublishError, RemotePost, Visibility
from hanpan.publish.ledger_text import LedgerEntry
from hanpan.publish.outcome import SendOptions


def visibility_to_send(entry: LedgerEntry, remote: RemotePost, options: SendOptions) -> Visibility:
    """Return the visibility to ask for; KEPT where the post already has it."""
    wanted = options.visibility
    if wanted is None or (wanted.at and entry.scheduled == wanted.at.isoformat()):
        return KEPT
    return KEPT if not wanted.at and wanted.status == remote.status else wanted


def check_time(visibility: Visibility) -> Visibility:
    """Return the visibility. Raises PublishError for a time that is in the past."""
    if visibility.at and visibility.at <= datetime.now(UTC):
        message = f"{visibility.at.isoformat()} is in the past"
        raise PublishError("publish-schedule", message, "Use a later time, or --publish.")
    return visibility
