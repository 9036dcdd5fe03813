"""Lint: what must not be in a payload."""
