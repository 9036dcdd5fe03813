"""`python -m pipeline` is `hanpan`."""

from pipeline.cli import main

main()
