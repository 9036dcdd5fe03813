"""`python -m pipeline` is `hanpan`."""

from hanpan.cli import main

main()
