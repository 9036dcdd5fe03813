"""Page economy: no page ends high that is not the last of its part, and no last page is a stub.

`changes` alter WeasyPrint's boxes and can be taken back, `boxes` reads them, `holes` and `ends`
choose what to change, and `pages` makes the pages again of which something was changed.
"""
