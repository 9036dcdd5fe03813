"""`python -m hanpan` is `hanpan`."""

from hanpan.cli import main

main()
