"""Uploads: pictures on a target, each content once, kept in the ledger as soon as it is there."""

from __future__ import annotations

from dataclasses import replace

from hanpan.publish.client import Client, RequestRefused
from hanpan.publish.ledger import Key, Ledger, LedgerEntry
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded


def known_uploads(payload: Payload, client: Client, ledger: Ledger) -> dict[str, Uploaded]:
    """Return the payload's uploads that the ledger knows, of this post or another of the target."""
    entries = ledger.of_target(payload.platform, client.target).values()
    known = {digest: image for entry in entries for digest, image in entry.images.items()}
    wanted = {picture.sha256 for picture in _wanted(payload, client)}
    return {digest: image for digest, image in known.items() if digest in wanted}


def find_uploads(payload: Payload, client: Client, ledger: Ledger) -> dict[str, Uploaded]:
    """Return the payload's uploads that the ledger or else the server knows; upload none."""
    known = known_uploads(payload, client, ledger)
    for picture in _wanted(payload, client):
        found = None if picture.sha256 in known else client.find_upload(picture)
        if found:
            known[picture.sha256] = found
    return known


def upload_missing(
    payload: Payload, client: Client, ledger: Ledger, key: Key, entry: LedgerEntry
) -> LedgerEntry:
    """Upload what is not there yet; return the entry with all of the payload's uploads.

    One that was cut off is looked for on the server first: at most it is left over there once.
    """
    wanted = _wanted(payload, client)
    found = {**known_uploads(payload, client, ledger), **entry.images}
    images = {p.sha256: found[p.sha256] for p in wanted if p.sha256 in found}
    for picture in wanted:
        if picture.sha256 not in images:
            images[picture.sha256] = client.find_upload(picture) or _uploaded(picture, client)
            ledger.keep(key, replace(entry, images=dict(images)))
    return replace(entry, images=images)


def _uploaded(picture: PayloadPicture, client: Client) -> Uploaded:
    """Upload a picture; a refusal names its file."""
    try:
        return client.upload(picture)
    except RequestRefused as error:
        said, remedy = f"{picture.path.name}: {error.problem.message}", error.problem.remedy
        raise type(error)(error.status, said, remedy, data=error.data) from None


def _wanted(payload: Payload, client: Client) -> list[PayloadPicture]:
    """Return the pictures that go to the server, each content once."""
    wanted = {
        p.sha256: p
        for p in payload.pictures
        if p.placeholder or (client.uploads_cover and p.role == "teaser")
    }
    return list(wanted.values())
