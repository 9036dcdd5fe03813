"""The library: what the posts of a blog are to each other, and the pages that show it.

facts.py      what others say of a post: title, date, tags, where it is shown
addresses.py  paths below out/site that are safe, and that no two pages share
order.py      which posts come before and after, in a series, and are related
groups.py     archives: by year, category, tag and series
links.py      where on the site the addresses lead that posts link to
ebooks.py     the pages of the catalogues of e-books
pages.py      a page as it is planned, and what it depends on
catalogue.py  facts -> the pages of a site

Nothing here reads a file: facts come in, plans go out.
"""
