"""Assets: what a document brings along: pictures, remote files, fonts."""
