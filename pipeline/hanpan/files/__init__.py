"""The one door to files: every read goes through `Files`, which remembers what was read.

door.py      Files: reads below one site's root, under keys that a build compares later
digests.py   hashes of files, computed once for each change
fetching.py  what `Files` asks for remote files
writing.py   files written whole or not at all
"""

from hanpan.files.digests import ABSENT, Digests, sha256
from hanpan.files.door import ACCIDENT, PREDECESSOR, Files, packaged_layouts
from hanpan.files.fetching import FAILED, UNKNOWN, Fetched, Fetcher, NoNetwork
from hanpan.files.writing import write_atomic

__all__ = [
    "ABSENT",
    "ACCIDENT",
    "FAILED",
    "PREDECESSOR",
    "UNKNOWN",
    "Digests",
    "Fetched",
    "Fetcher",
    "Files",
    "NoNetwork",
    "packaged_layouts",
    "sha256",
    "write_atomic",
]
