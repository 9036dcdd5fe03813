"""What is read off pages that are set, and drawn on them."""
