"""Reports: what a build tells, to programs and to people."""
