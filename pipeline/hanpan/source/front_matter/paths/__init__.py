"""Paths: where a generator shows a post on its site, by the name of its file and its keys."""
