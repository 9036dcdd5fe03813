"""Stores: a folder, or what fsspec reaches; what they have in common is in contract.py."""
