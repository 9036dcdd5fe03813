"""Elements of our own on printed pages, which say how a PDF tags what they hold."""

NOTE, LABEL, REFERENCE = "pdf-note", "pdf-label", "pdf-reference"
ROLES = {NOTE: "Note", LABEL: "Lbl", REFERENCE: "Reference"}  # ISO 32000-1, 14.8.4
