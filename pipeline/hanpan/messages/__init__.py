"""Messages: what hanpan reports, in the reader's language: titles of rules, problems, help."""
