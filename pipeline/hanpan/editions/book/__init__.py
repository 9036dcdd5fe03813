"""The editions of books."""
