"""Engine: one payload to one target, so that however often it is run there is one post.

Nothing is created before the server was asked for the post, and nothing is overwritten that is not
known to be what hanpan sent: the ledger has the hash of what the server gave back then (issue 6).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from hanpan.problems import Problem
from hanpan.publish.client import DRAFT, KEPT, Client, PublishError, RemotePost, Unsure, Visibility
from hanpan.publish.difference import difference
from hanpan.publish.last_sent import LastSent, LastSentStore
from hanpan.publish.ledger import Key, Ledger, LedgerEntry
from hanpan.publish.outcome import EDITED_THERE, EditedThere, SendOptions, SendResult
from hanpan.publish.payload import Payload
from hanpan.publish.sync_state import Fields, SyncState, sync_state_of
from hanpan.publish.uploads import find_uploads, known_uploads, upload_missing

_LOOKS = (0.0, 1.0, 3.0)  # seconds before each look for a post whose create was not answered


class PublishEngine:
    """Publishes payloads through one client, and remembers in one ledger.

    `exists` tells whether a post's file (below the site's root) is there: one that is not may have
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
        """Bring the post there up to date. Raises PublishError, EditedThere among them."""
        entry, before = self._entry(payload)
        if before:
            self.ledger.keep(self._key(payload), entry)
            self.ledger.drop(before)
        remote = self._remote(payload, entry, options)
        if remote is None:
            return self._create(payload, options, replace(entry, id=""))
        if not entry.id:  # without a ledger, what is there says which pictures were uploaded
            found = find_uploads(payload, self.client, self.ledger)
            entry = replace(entry, images={**entry.images, **found})
        state = self._sync_state(payload, entry, remote)
        wanted = _wanted(entry, remote, options)
        if state.is_sent and wanted == KEPT and (state.is_ours or not options.force):
            return self._unchanged(payload, entry, remote, options, state)
        if not state.is_ours and not options.force:
            raise EditedThere(*self._edit(payload, entry, remote))
        return self._update(payload, options, entry, remote, wanted)

    def look(self, payload: Payload) -> SendResult:
        """Return what differs from what was last sent, and from what is there now; send nothing."""
        entry, _ = self._entry(payload)
        remote = self.client.read(entry.id) if entry.id else self._found(payload)
        here, last = self._fields(payload, entry), self.last_sent.load(self._key(payload))
        shown = [difference(last.sent, here, ("last sent", "here"))]
        shown.append(difference(remote.fields, here, ("there", "here")) if remote else "not there")
        return SendResult("shown", remote, difference="\n".join(part for part in shown if part))

    def plan(self, payload: Payload, options: SendOptions) -> SendResult:
        """Return the request that would be sent, as far as the ledger can tell; ask nothing."""
        entry, _ = self._entry(payload)
        if entry.sent == payload.content_hash and not options.visibility:
            return SendResult("unchanged")
        visibility = options.visibility or (KEPT if entry.id else DRAFT)
        known = known_uploads(payload, self.client, self.ledger)
        ready = payload.uploaded({**known, **entry.images})
        return SendResult("shown", request=self.client.request(ready, visibility, entry.id))

    def _key(self, payload: Payload) -> Key:
        return payload.source, payload.platform, self.client.target

    def _fields(self, payload: Payload, entry: LedgerEntry) -> Fields:
        """Return what is here, with the addresses of uploads that are known."""
        known = known_uploads(payload, self.client, self.ledger)
        return self.client.fields(payload.uploaded({**known, **entry.images}))

    def _entry(self, payload: Payload) -> tuple[LedgerEntry, Key | None]:
        """Return what the ledger knows of the post; the key too, where its file was renamed."""
        found = self.ledger.entry(self._key(payload))
        if found:
            return found, None
        for source, entry in self.ledger.of_target(payload.platform, self.client.target).items():
            if entry.slug == payload.slug and not self._exists(source):
                return entry, (source, payload.platform, self.client.target)
        return LedgerEntry(), None

    def _remote(
        self, payload: Payload, entry: LedgerEntry, options: SendOptions
    ) -> RemotePost | None:
        """Return the post as it is there now; None where it is to be created."""
        if not entry.id:  # a create that was cut off may still be at work on a slow server
            return self._look_for(payload) if entry.intent else self._found(payload)
        remote = self.client.read(entry.id)
        if remote:
            return remote
        if not options.force:
            said = f"the post was deleted there ({entry.url or entry.id})"
            remedy = (
                f"Use --force to create it again, or say `publish: false` for {payload.platform}."
            )
            raise PublishError("publish-gone", said, remedy)
        return self._found(payload)

    def _found(self, payload: Payload) -> RemotePost | None:
        """Look for the post; one that the ledger knows as another post's is not it."""
        found = self.client.find(payload)
        others = self.ledger.of_target(payload.platform, self.client.target)
        others.pop(payload.source, None)
        return None if found and found.id in {e.id for e in others.values()} else found

    def _sync_state(self, payload: Payload, entry: LedgerEntry, remote: RemotePost) -> SyncState:
        sent = self.last_sent.load(self._key(payload)).sent
        return sync_state_of(
            payload.content_hash, self._fields(payload, entry), sent, entry, remote
        )

    def _edit(self, payload: Payload, entry: LedgerEntry, remote: RemotePost) -> tuple[str, str]:
        """Return the message and the diff for a post that was edited there."""
        given = self.last_sent.load(self._key(payload)).given
        if entry.id and given:
            shown = difference(given, remote.fields, ("as it was sent", "edited there"))
        else:
            shown = difference(remote.fields, self._fields(payload, entry), ("there", "here"))
        if entry.id:
            return "the post was edited there since it was last sent", shown
        return f"a post of this name is there already, and has another text ({remote.url})", shown

    def _unchanged(
        self,
        payload: Payload,
        entry: LedgerEntry,
        remote: RemotePost,
        options: SendOptions,
        state: SyncState,
    ) -> SendResult:
        """Send nothing; write down what a lost ledger or a cut-off run did not."""
        if entry.id and not entry.intent:
            return SendResult("unchanged", remote, () if state.is_ours else (EDITED_THERE,))
        self._keep(payload, entry, remote, options)
        return SendResult("found", remote)

    def _create(self, payload: Payload, options: SendOptions, entry: LedgerEntry) -> SendResult:
        visibility = _in_time(options.visibility or DRAFT)
        entry = upload_missing(payload, self.client, self.ledger, self._key(payload), entry)
        ready = payload.uploaded(entry.images)
        self._begin(payload, ready, entry)
        try:
            remote = self.client.create(ready, visibility)
        except Unsure:
            found = self._look_for(payload)
            if found is None:
                raise  # the intention stands: the next run looks again
            remote = found
        except PublishError:
            self._forget(payload, entry)
            raise
        self._keep(payload, entry, remote, options)
        return SendResult("created", remote, _notes(payload, remote))

    def _update(
        self,
        payload: Payload,
        options: SendOptions,
        entry: LedgerEntry,
        remote: RemotePost,
        wanted: Visibility,
    ) -> SendResult:
        _in_time(wanted)
        if not entry.id:  # found again: from now on it is known
            entry = replace(entry, id=remote.id, url=remote.url, given=remote.edit_hash)
        entry = upload_missing(payload, self.client, self.ledger, self._key(payload), entry)
        ready = payload.uploaded(entry.images)
        self._begin(payload, ready, entry)
        updated = self.client.update(remote, ready, wanted)
        self._keep(payload, entry, updated, options)
        return SendResult("updated", updated, _notes(payload, updated))

    def _look_for(self, payload: Payload) -> RemotePost | None:
        """Look for a post whose create may have gone through; slow servers get some seconds."""
        for pause in _LOOKS:
            self._sleep(pause)
            found = self._found(payload)
            if found:
                return found
        return None

    def _begin(self, payload: Payload, ready: Payload, entry: LedgerEntry) -> None:
        """Write down what is about to be sent, before it is."""
        self.last_sent.save(self._key(payload), LastSent(self.client.fields(ready)))
        self.ledger.keep(self._key(payload), replace(entry, intent=payload.content_hash))

    def _forget(self, payload: Payload, entry: LedgerEntry) -> None:
        """Take back the intention of a create that was refused; uploads stay known."""
        if entry.images:
            self.ledger.keep(self._key(payload), replace(entry, intent=""))
        else:
            self.ledger.drop(self._key(payload))

    def _keep(
        self, payload: Payload, entry: LedgerEntry, remote: RemotePost, options: SendOptions
    ) -> None:
        """Write down what is there now. Times are the server's, or else the clock's."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        at = options.visibility.at if options.visibility else None
        images = entry.images or known_uploads(payload, self.client, self.ledger)
        kept = LedgerEntry(
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
        sent = self.client.fields(payload.uploaded(images))
        self.last_sent.save(self._key(payload), LastSent(sent, remote.fields))
        self.ledger.keep(self._key(payload), kept)


def _wanted(entry: LedgerEntry, remote: RemotePost, options: SendOptions) -> Visibility:
    """Return the visibility to ask for; KEPT where the post has it already."""
    wanted = options.visibility
    if wanted is None or (wanted.at and entry.scheduled == wanted.at.isoformat()):
        return KEPT
    return KEPT if not wanted.at and wanted.status == remote.status else wanted


def _in_time(visibility: Visibility) -> Visibility:
    """Return a visibility that can be asked for. Raises PublishError for a time that is over."""
    if visibility.at and visibility.at <= datetime.now(UTC):
        said = f"{visibility.at.isoformat()} is over"
        raise PublishError("publish-schedule", said, "Use a later time, or --publish.")
    return visibility


def _notes(payload: Payload, remote: RemotePost) -> tuple[Problem, ...]:
    """Return what the author is to know of a post that was sent."""
    found = [Problem("publish-partly", "warning", note) for note in remote.notes]
    left = sum(not picture.url and not picture.placeholder for picture in payload.pictures)
    if left:
        said = f"pictures without a public address stand as marks in the text: {left}"
        remedy = "Set `url` in site.toml, or put them in by hand: the payload's images/ has them."
        found.append(Problem("publish-partly", "warning", said, remedy=remedy))
    return tuple(found)
