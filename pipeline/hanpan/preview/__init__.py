"""The preview: out/ in a browser while posts are written, with pages to paste payloads from.

serving.py     the port, and the server from start to end
guard.py       which requests are allowed, and what a browser may do with an answer
app.py         the addresses, and what answers at each
artifacts.py   files of out/
listing.py     the contents of out/, from build.json
pages.py       the pages, from the templates of layouts/preview/
words.py       their words in Korean and English
watch.py       which files are watched
builds.py      one build at a time, in a process of its own (building.py)
hub.py         events about builds, for open pages
"""
