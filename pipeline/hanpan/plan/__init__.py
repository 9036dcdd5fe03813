"""Plan: what is asked for, and where things lie."""
