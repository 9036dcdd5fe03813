"""Pictures inside: their pixels, their metadata, SVG. `assets/images.py` is what others use."""
