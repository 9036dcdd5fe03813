"""Filters: those that Liquid has not, or not within limits. FILTERS in table.py lists them."""
