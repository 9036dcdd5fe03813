"""Front matter: a post's settings and metadata, and what follows from them."""
