"""Source: files of authors in, Markdown that pandoc reads right out."""
