"""The dialect: the habits of kramdown, GitHub and Korean authors, as pandoc reads them."""
