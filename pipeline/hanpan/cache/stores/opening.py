"""The store at an address; what fsspec needs is loaded for those who use it."""

from __future__ import annotations

from hanpan.cache.address import CacheAddress
from hanpan.cache.stores.contract import Store


def open_store(address: CacheAddress) -> Store:
    """Return the store at an address. Raises StoreMissing, and what fsspec raises."""
    if address.is_folder:
        from hanpan.cache.stores.folder import FolderStore

        return FolderStore(address)
    from hanpan.cache.stores.remote import RemoteStore

    return RemoteStore(address)
