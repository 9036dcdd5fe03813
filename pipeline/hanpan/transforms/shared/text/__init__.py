"""What Markdown and kramdown mean beyond HTML: headings, notes, lists, quotes, code."""
