"""Tags: what those of Jekyll, Hexo and Hugo put into the text. TAGS in table.py lists them."""
