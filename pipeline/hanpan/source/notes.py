"""Notes as Markdown writes them: `[^1]: ` begins one, `[^1]` refers to it."""

from __future__ import annotations

import re

NOTE_BEGINS = re.compile(r"[ ]{0,3}\[\^([^\[\]\s]++)\]:")
NOTE_REFERENCE = re.compile(r"\[\^([^\[\]\s]++)\](?!:)")
