"""Literal: what looks like markup and is text to those who wrote it."""
