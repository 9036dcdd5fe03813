"""PDF editions: what other rooms import of them. WeasyPrint is loaded with the first PDF."""

from hanpan.editions.pdf import title_block
from hanpan.editions.pdf.attachments import attached_source
from hanpan.editions.pdf.engine import Picture, Printed, prepare
from hanpan.editions.pdf.libraries import load_weasyprint as load_for_forks
from hanpan.editions.pdf.references import print_references
from hanpan.editions.pdf.render import render
from hanpan.editions.pdf.typesetter import Typesetter, print_whole

__all__ = [
    "Picture",
    "Printed",
    "Typesetter",
    "attached_source",
    "load_for_forks",
    "prepare",
    "print_references",
    "print_whole",
    "render",
    "title_block",
]
