"""Commands: one file a command, with its arguments and what it does."""
