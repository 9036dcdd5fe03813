"""What WeasyPrint and the libraries under it are made to do otherwise."""
