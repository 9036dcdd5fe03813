"""Paragraphs, set as wholes: where their lines end, and how far each is stretched."""
