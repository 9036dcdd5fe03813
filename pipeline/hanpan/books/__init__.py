"""Books: which posts make a book, and the book that its editions render."""
