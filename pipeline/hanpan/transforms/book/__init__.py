"""Transforms for the chapters of a book."""
