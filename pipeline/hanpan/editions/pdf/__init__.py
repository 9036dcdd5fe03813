"""PDF editions: what other rooms import of them. WeasyPrint is loaded with the first PDF."""

from hanpan.editions.pdf import title_block
from hanpan.editions.pdf.attachments import attached_source
from hanpan.editions.pdf.engine import SCHEME, Picture, Printed, prepare
from hanpan.editions.pdf.libraries import load_weasyprint as load_for_forks
from hanpan.editions.pdf.page import PrintedPage, printed_page
from hanpan.editions.pdf.references import print_references
from hanpan.editions.pdf.render import render
from hanpan.editions.pdf.sheet import print_sheet
from hanpan.editions.pdf.typesetter import Typesetter, print_whole

__all__ = [
    "SCHEME",
    "Picture",
    "Printed",
    "PrintedPage",
    "Typesetter",
    "attached_source",
    "load_for_forks",
    "prepare",
    "print_references",
    "print_sheet",
    "print_whole",
    "printed_page",
    "render",
    "title_block",
]
