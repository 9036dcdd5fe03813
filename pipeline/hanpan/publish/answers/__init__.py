"""What servers and ledgers say, read as data: redacted, bounded, and of a known shape."""
