"""MDX: Markdown with JSX in it, of Docusaurus, Astro, Next and others -> Markdown.

esm.py         imports and exports at the start of lines, and what names they give values
jsx.py         tags, attributes and expressions, as they are written
html_tags.py   elements of HTML as JSX writes them
components.py  the table of components that are known, by name
writer.py      lines of the output, each with its number in the author's file
render.py      the body, from its first line to its last
directives.py  `:::note`, also in plain Markdown of the same generators

No program runs: an expression is a text, a number, or a name that such a value was given to.
"""
