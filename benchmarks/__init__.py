"""Measurements: `make bench`. No test: a noisy machine proves nothing wrong."""
