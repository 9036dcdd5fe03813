"""Transforms for reading systems."""
