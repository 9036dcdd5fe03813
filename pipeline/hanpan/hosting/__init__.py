"""Hosting: what readers may see of out/, put where a host or the site's generator takes it.

placing.py     files among those of others: only what hanpan has written is replaced or removed
pages.py       the reader's editions as a folder that is served as it is
"""
