"""Plan: what a command asks for, and where files are kept."""
