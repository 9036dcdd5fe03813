"""PDF/A-3a beside PDF/UA-1 in the same file (ISO 19005-3): what WeasyPrint leaves to its callers.

Works on the finished object table, just before it is written:

    6.2.4.3, 6.2.10   an output intent says what the colours are: sRGB
    6.2.8             no picture is smoothed by the viewer
    6.3.2             each annotation is printed
    6.6.2.3, 6.6.4    XMP names both standards, and explains PDF/UA's property, which PDF/A lacks
    6.8               an attached file says what it is to the document

The file's identifier (6.1.3) comes with its writing: pdf_writer.py.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import ImageCms

from hanpan.media_types import AVIF, GIF, JPEG, PNG, WEBP, ZIP

_PRINT = 4  # the flag of an annotation that is on paper as well (ISO 32000-1, table 165)
_DATE = slice(24, 36)  # bytes of a profile's header
_PACKED = (ZIP, AVIF, GIF, JPEG, PNG, WEBP)
_END = b"</rdf:RDF>"
_IDENTIFICATION = b"""<rdf:Description rdf:about="" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="A"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that it conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within the PDF; `relationship` is Source, Supplement ... (ISO 19005-3, annex E)."""

    name: str  # a path with /
    data: bytes
    media_type: str
    description: str
    relationship: str


def make_archivable(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Make a pydyf.PDF that conforms to PDF/UA-1 conform to PDF/A-3a as well."""
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary):
            if item.get("Type") == "/Annot":
                item["F"] = _PRINT
        elif isinstance(item, pydyf.Stream):
            if item.extra.get("Subtype") == "/Image":
                item.extra.pop("Interpolate", None)
            elif item.extra.get("Type") == "/Metadata":
                said = b"".join(item.stream)
                item.stream[:] = [said.replace(_END, _IDENTIFICATION + _END)]
    _say_colours(pdf)
    if attachments:
        _attach(pdf, attachments)


def _say_colours(pdf: Any) -> None:
    """Say that the colours of the file are sRGB."""
    import pydyf

    profile = pydyf.Stream([_profile()], {"N": 3, "Filter": "/FlateDecode"})
    pdf.add_object(profile)
    intent = pydyf.Dictionary({"Type": "/OutputIntent", "S": "/GTS_PDFA1"})
    intent["OutputConditionIdentifier"] = intent["Info"] = pydyf.String("sRGB IEC61966-2.1")
    intent["DestOutputProfile"] = profile.reference
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


@cache
def _profile() -> bytes:
    """Return the packed profile of sRGB.

    Little CMS's takes a seventh of the ICC's own, which says its curves point by point and would be
    a sixth of a short post's file. Its date is the moment it was made: taken out (ICC.1, 7.2.8).
    """
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return zlib.compress(made[: _DATE.start] + bytes(12) + made[_DATE.stop :], 9)


def _attach(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Attach files to the document as a whole."""
    import pydyf

    names: dict[str, bytes] = {}
    for attachment in attachments:
        stream = pydyf.Stream(
            [attachment.data],
            {
                "Type": "/EmbeddedFile",
                "Subtype": "/" + attachment.media_type.replace("/", "#2f").replace("+", "#2b"),
                "Params": pydyf.Dictionary(_parameters(pdf, attachment)),
            },
            compress=attachment.media_type not in _PACKED,
        )
        pdf.add_object(stream)
        name = pydyf.String(attachment.name)
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": name,
                "UF": name,
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "Desc": pydyf.String(attachment.description),
                "AFRelationship": f"/{attachment.relationship}",
            }
        )
        pdf.add_object(specification)
        names[attachment.name] = specification.reference
    # a name tree is in the order of its keys' bytes, as they are written
    ordered = sorted((pydyf.String(name).data, reference) for name, reference in names.items())
    tree = pydyf.Dictionary({"Names": pydyf.Array([part for pair in ordered for part in pair])})
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree
    pdf.catalog["AF"] = pydyf.Array(names.values())


def _parameters(pdf: Any, attachment: Attachment) -> dict[str, Any]:
    """Return size and date of an attached file: the document's own date, never the disk's."""
    said: dict[str, Any] = {"Size": len(attachment.data)}
    if "ModDate" in pdf.info:
        said["ModDate"] = pdf.info["ModDate"]
    return said
