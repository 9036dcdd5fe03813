"""Hosting: what readers may see of out/, put where a host or the site's generator takes it.

placing.py     files among those of others: only what hanpan has written is replaced or removed
companion.py   downloads beside the posts of a site that its generator makes; templates in files/
pages.py       the reader's editions as a folder that is served as it is
"""
