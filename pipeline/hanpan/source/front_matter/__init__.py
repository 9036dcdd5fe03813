"""Front matter: what a post says of itself, and what follows from it."""
