"""Runner: the steps that are stale, run in parallel, each result kept as it comes."""
