"""Types of fields: how a text is written so that a platform reads these very characters.

A platform's data file names the type behind a field (`$title|html`); without one it is a text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

# what YAML forbids within quotes or reads as the end of a line, though JSON allows it
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def as_html(text: str) -> str:
    """Return HTML that reads as `text`."""
    # kses removes one escape too many from numbers: `&amp;#8211;` would be a dash (WordPress 6.5)
    return html.escape(text, quote=False).replace("&amp;#", "&amp;&#35;")


def as_term(text: str) -> str:
    """Return HTML that reads as `text` after WordPress's sanitize_text_field.

    That takes away what looks like an octet of an address: `100%ab` would be `100`.
    """
    return re.sub(r"%(?=[0-9A-Fa-f]{2})", "&#37;", as_html(text))


def as_json(value: Any) -> str:
    """Return a value as JSON that YAML reads as well."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


FIELD_TYPES: dict[str, Callable[[str], str]] = {"html": as_html, "term": as_term}
