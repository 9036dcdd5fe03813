"""PDF/UA-1 beside PDF/A-3a in one file: what WeasyPrint's `pdf/a-3a` leaves to do (by veraPDF).

    PDF/A-3, 6.2.8    no picture is smoothed by the viewer
             6.6.2.3  XMP explains the property that names PDF/UA, which PDF/A does not know
             6.8      each attached file is associated once
    ISO 32000-1, 7.9.6, 7.11.2  names of files are Unicode, and in order
    PDF/UA-1, 5       XMP names the standard

Upstream: https://github.com/Kozea/WeasyPrint/issues/1661 (open: smoothing),
    https://github.com/Kozea/WeasyPrint/issues/2467 (open: both standards),
    https://github.com/Kozea/WeasyPrint/issues/2917 (closed: each file is associated twice in 70.0);
    docs/upstream.md, "XMP of the caller is outside rdf:RDF", "Names of embedded files"
Delete when: a variant of WeasyPrint writes both standards; the rest with the tickets.
"""

from __future__ import annotations

from typing import Any

from hanpan.media_types import AVIF, GIF, JPEG, PNG, WEBP

_PACKED = tuple("/" + kind.replace("/", "#2f") for kind in (AVIF, GIF, JPEG, PNG, WEBP))
_END = b"</rdf:RDF>"
_PDF_UA = b"""<rdf:Description rdf:about="" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
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


def meet_standards(pdf: Any) -> None:
    """Make a pydyf.PDF that is to be PDF/A-3a conform to it, and to PDF/UA-1 as well."""
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            kind, subtype = item.extra.get("Type"), item.extra.get("Subtype")
            if subtype == "/Image":
                item.extra.pop("Interpolate", None)
            elif kind == "/EmbeddedFile" and subtype in _PACKED:
                item.compress = False
            elif kind == "/Metadata":
                packet = b"".join(item.stream)
                item.stream[:] = [packet.replace(_END, _PDF_UA + _END)]
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
        _name_files(pdf)


def _name_files(pdf: Any) -> None:
    """Have attached files named in Unicode everywhere, in a tree that is in order."""
    names = _object(pdf, pdf.catalog["Names"]["EmbeddedFiles"])["Names"]
    entries = []
    for reference in names[1::2]:
        specification = _object(pdf, reference)
        specification["F"] = specification["UF"]
        entries.append((specification["UF"].data, reference))
    names[:] = [part for entry in sorted(entries) for part in entry]


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
