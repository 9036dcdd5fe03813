"""Reports: what a build tells programs and people."""
