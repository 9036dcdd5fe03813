"""Engine: one payload to one target, so that there is one post however often it runs.

Nothing is created before the server was asked for the post, and nothing is overwritten that is not
known to be what hanpan sent: the ledger has the hash of what the server returned then.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from hanpan.publish.client import (
    DRAFT,
    KEPT,
    BadAnswer,
    Client,
    PublishError,
    RemotePost,
    Unsure,
    Visibility,
)
from hanpan.publish.difference import difference
from hanpan.publish.last_sent import LastSent, LastSentStore
from hanpan.publish.ledger import Ledger
from hanpan.publish.ledger_text import Key, LedgerEntry
from hanpan.publish.outcome import EDITED_THERE, EditedThere, SendOptions, SendResult, notes_of
from hanpan.publish.payload import Payload
from hanpan.publish.sync_state import Fields, SyncState, sync_state_of
from hanpan.publish.uploads import find_uploads, known_uploads, upload_missing
from hanpan.publish.visibility import check_time, visibility_to_send

_LOOKS = (0.0, 1.0, 3.0)  # seconds before each search for a post whose create was not answered


class PublishEngine:
    """Publishes payloads through one client, with one ledger.

    `exists` tells whether a post's file (below the site's root) exists: one that does not may have
    been renamed.
    """

    def __init__(
        self,
        client: Client,
        ledger: Ledger,
        last_sent: LastSentStore,
        exists: Callable[[str], bool],
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.client = client
        self.ledger = ledger
        self.last_sent = last_sent
        self._exists = exists
        self._sleep = sleep

    def publish(self, payload: Payload, options: SendOptions) -> SendResult:
        """Bring the post there up to date. Raises PublishError, for example EditedThere."""
        entry, before = self._entry(payload)
        if before:
            self.ledger.keep(self._key(payload), entry)
            self.ledger.drop(before)
        remote = self._remote(payload, entry, options)
        if remote is None:
            return self._create(payload, options, replace(entry, id=""))
        if not entry.id:  # without a ledger, the server tells which pictures were uploaded
            uploads = find_uploads(payload, self.client, self.ledger)
            entry = replace(entry, images={**entry.images, **uploads})
        state = self._sync_state(payload, entry, remote)
        wanted = visibility_to_send(entry, remote, options)
        if state.is_sent and wanted == KEPT and (state.is_ours or not options.force):
            return self._leave_unchanged(payload, entry, remote, options, state)
        if not state.is_ours and not options.force:
            raise EditedThere(*self._describe_edit(payload, entry, remote))
        return self._update(payload, options, entry, remote, wanted)

    def compare(self, payload: Payload) -> SendResult:
        """Return the difference to what was last sent, and to what is there now; send nothing."""
        entry, _ = self._entry(payload)
        remote = self.client.read(entry.id) if entry.id else self._find(payload)
        here, last = self._fields(payload, entry), self.last_sent.load(self._key(payload))
        parts = [difference(last.sent, here, ("last sent", "here"))]
        parts.append(difference(remote.fields, here, ("there", "here")) if remote else "not there")
        return SendResult("shown", remote, difference="\n".join(part for part in parts if part))

    def plan(self, payload: Payload, options: SendOptions) -> SendResult:
        """Return the request that would be sent, as far as the ledger can tell; work offline."""
        entry, _ = self._entry(payload)
        if entry.sent == payload.content_hash and not options.visibility:
            return SendResult("unchanged")
        visibility = options.visibility or (KEPT if entry.id else DRAFT)
        known = known_uploads(payload, self.client, self.ledger)
        ready = payload.with_uploads({**known, **entry.images})
        return SendResult("shown", request=self.client.request(ready, visibility, entry.id))

    def _key(self, payload: Payload) -> Key:
        return payload.source, payload.platform, self.client.target

    def _fields(self, payload: Payload, entry: LedgerEntry) -> Fields:
        """Return the fields as they are here, with the addresses of known uploads."""
        known = known_uploads(payload, self.client, self.ledger)
        return self.client.fields(payload.with_uploads({**known, **entry.images}))

    def _entry(self, payload: Payload) -> tuple[LedgerEntry, Key | None]:
        """Return the post's entry; its old key too, where its file was renamed."""
        own = self.ledger.entry(self._key(payload))
        if own:
            return own, None
        for source, entry in self.ledger.of_target(payload.platform, self.client.target).items():
            if entry.slug == payload.slug and not self._exists(source):
                return entry, (source, payload.platform, self.client.target)
        return LedgerEntry(), None

    def _remote(
        self, payload: Payload, entry: LedgerEntry, options: SendOptions
    ) -> RemotePost | None:
        """Return the post as it is there now; None where it has to be created."""
        if not entry.id:  # a slow server may still be busy with a create that was cut off
            return self._find_created(payload) if entry.intent else self._find(payload)
        remote = self.client.read(entry.id)
        if remote:
            return remote
        if not options.force:
            message = f"the post was deleted there ({entry.url or entry.id})"
            remedy = (
                f"Use --force to create it again, or set `publish: false` for {payload.platform}."
            )
            raise PublishError("publish-gone", message, remedy)
        return self._find(payload)

    def _find(self, payload: Payload) -> RemotePost | None:
        """Look for the post; a remote post that belongs to another file is not it."""
        remote = self.client.find(payload)
        others = self.ledger.of_target(payload.platform, self.client.target)
        others.pop(payload.source, None)
        return None if remote and remote.id in {e.id for e in others.values()} else remote

    def _sync_state(self, payload: Payload, entry: LedgerEntry, remote: RemotePost) -> SyncState:
        sent = self.last_sent.load(self._key(payload)).sent
        return sync_state_of(
            payload.content_hash, self._fields(payload, entry), sent, entry, remote
        )

    def _describe_edit(
        self, payload: Payload, entry: LedgerEntry, remote: RemotePost
    ) -> tuple[str, str]:
        """Return the message and the diff for a post that was edited there."""
        given = self.last_sent.load(self._key(payload)).given
        if entry.id and given:
            diff = difference(given, remote.fields, ("as it was sent", "edited there"))
        else:
            diff = difference(remote.fields, self._fields(payload, entry), ("there", "here"))
        if entry.id:
            return "the post was edited there since it was last sent", diff
        return f"a post with this name and another text already exists ({remote.url})", diff

    def _leave_unchanged(
        self,
        payload: Payload,
        entry: LedgerEntry,
        remote: RemotePost,
        options: SendOptions,
        state: SyncState,
    ) -> SendResult:
        """Send nothing; write down what is missing after a lost ledger or a cut-off run."""
        if entry.id and not entry.intent:
            return SendResult("unchanged", remote, () if state.is_ours else (EDITED_THERE,))
        self._record(payload, entry, remote, options)
        return SendResult("found", remote)

    def _create(self, payload: Payload, options: SendOptions, entry: LedgerEntry) -> SendResult:
        visibility = check_time(options.visibility or DRAFT)
        entry = upload_missing(payload, self.client, self.ledger, self._key(payload), entry)
        ready = payload.with_uploads(entry.images)
        self._record_intent(payload, ready, entry)
        try:
            remote = self.client.create(ready, visibility)
        except (Unsure, BadAnswer):
            created = self._find_created(payload)
            if created is None:
                raise  # the intent stays in the ledger: the next run looks again
            remote = created
        except PublishError:
            self._drop_intent(payload, entry)
            raise
        self._record(payload, entry, remote, options)
        return SendResult("created", remote, notes_of(payload, remote))

    def _update(
        self,
        payload: Payload,
        options: SendOptions,
        entry: LedgerEntry,
        remote: RemotePost,
        wanted: Visibility,
    ) -> SendResult:
        check_time(wanted)
        if not entry.id:  # found again: from now on the ledger knows it
            entry = replace(entry, id=remote.id, url=remote.url, given=remote.edit_hash)
        entry = upload_missing(payload, self.client, self.ledger, self._key(payload), entry)
        ready = payload.with_uploads(entry.images)
        self._record_intent(payload, ready, entry)
        updated = self.client.update(remote, ready, wanted)
        self._record(payload, entry, updated, options)
        return SendResult("updated", updated, notes_of(payload, updated))

    def _find_created(self, payload: Payload) -> RemotePost | None:
        """Look for a post whose create may have gone through; slow servers get some seconds."""
        for pause in _LOOKS:
            self._sleep(pause)
            remote = self._find(payload)
            if remote:
                return remote
        return None

    def _record_intent(self, payload: Payload, ready: Payload, entry: LedgerEntry) -> None:
        """Write down what is about to be sent, before it is."""
        self.last_sent.save(self._key(payload), LastSent(self.client.fields(ready)))
        self.ledger.keep(self._key(payload), replace(entry, intent=payload.content_hash))

    def _drop_intent(self, payload: Payload, entry: LedgerEntry) -> None:
        """Take back the intent of a create that was refused; uploads stay known."""
        if entry.images:
            self.ledger.keep(self._key(payload), replace(entry, intent=""))
        else:
            self.ledger.drop(self._key(payload))

    def _record(
        self, payload: Payload, entry: LedgerEntry, remote: RemotePost, options: SendOptions
    ) -> None:
        """Write down what is there now. Times are the server's, else the clock's."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        at = options.visibility.at if options.visibility else None
        images = entry.images or known_uploads(payload, self.client, self.ledger)
        recorded = LedgerEntry(
            id=remote.id,
            url=remote.url,
            slug=payload.slug,
            status=remote.status,
            scheduled=at.isoformat() if at else "" if options.visibility else entry.scheduled,
            sent=payload.content_hash,
            given=remote.edit_hash,
            version=remote.version,
            created=remote.created or entry.created or now,
            updated=remote.updated or now,
            images=images,
        )
        sent = self.client.fields(payload.with_uploads(images))
        self.last_sent.save(self._key(payload), LastSent(sent, remote.fields))
        self.ledger.keep(self._key(payload), recorded)
