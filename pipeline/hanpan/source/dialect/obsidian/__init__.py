"""Obsidian: what its notes have beyond Markdown (help.obsidian.md/obsidian-flavored-markdown)."""
