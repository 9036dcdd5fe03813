"""Covers that are drawn: their grounds, their ornament, the picture on them, and the whole."""
