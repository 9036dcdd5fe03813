"""Uploads: pictures on a target, each content once, in the ledger as soon as it is uploaded."""

from __future__ import annotations

from dataclasses import replace

from hanpan.publish.client import Client, RequestRefused
from hanpan.publish.ledger import Ledger
from hanpan.publish.ledger_text import Key, LedgerEntry
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded


def known_uploads(payload: Payload, client: Client, ledger: Ledger) -> dict[str, Uploaded]:
    """Return the payload's uploads that the ledger knows, of this post or another of the target."""
    entries = ledger.of_target(payload.platform, client.target).values()
    known = {digest: image for entry in entries for digest, image in entry.images.items()}
    wanted = {picture.sha256 for picture in _pictures_to_upload(payload, client)}
    return {digest: image for digest, image in known.items() if digest in wanted}


def find_uploads(payload: Payload, client: Client, ledger: Ledger) -> dict[str, Uploaded]:
    """Return the payload's uploads that the ledger or else the server knows; upload none."""
    known = known_uploads(payload, client, ledger)
    for picture in _pictures_to_upload(payload, client):
        upload = None if picture.sha256 in known else client.find_upload(picture)
        if upload:
            known[picture.sha256] = upload
    return known


def upload_missing(
    payload: Payload, client: Client, ledger: Ledger, key: Key, entry: LedgerEntry
) -> LedgerEntry:
    """Upload what is not there yet; return the entry with all of the payload's uploads.

    The server is searched first for one that was cut off: at worst one unused copy is left there.
    """
    wanted = _pictures_to_upload(payload, client)
    known = {**known_uploads(payload, client, ledger), **entry.images}
    images = {p.sha256: known[p.sha256] for p in wanted if p.sha256 in known}
    for picture in wanted:
        if picture.sha256 not in images:
            images[picture.sha256] = client.find_upload(picture) or _upload(picture, client)
            ledger.keep(key, replace(entry, images=dict(images)))
    return replace(entry, images=images)


def _upload(picture: PayloadPicture, client: Client) -> Uploaded:
    """Upload a picture; a refusal names its file."""
    try:
        return client.upload(picture)
    except RequestRefused as error:
        message = f"{picture.path.name}: {error.problem.message}"
        remedy = error.problem.remedy
        raise type(error)(error.status, message, remedy, data=error.data) from None


def _pictures_to_upload(payload: Payload, client: Client) -> list[PayloadPicture]:
    """Return the pictures that go to the server, each content once."""
    wanted = {
        p.sha256: p
        for p in payload.pictures
        if p.placeholder or (client.uploads_cover and p.role == "teaser")
    }
    return list(wanted.values())
