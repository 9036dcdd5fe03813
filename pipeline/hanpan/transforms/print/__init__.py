"""Transforms for pages of paper."""
