"""Pictures as a PDF takes them."""
