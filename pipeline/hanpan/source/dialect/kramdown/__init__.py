"""kramdown: what only it knows, its extensions and the marks that end blocks."""
