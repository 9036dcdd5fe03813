"""The EPUB edition of a post, and the parts that books are made of too."""
