"""The preview: out/ in a browser while posts are written, with pages to paste payloads from.

guard.py       who may ask, and what a browser may do with an answer
artifacts.py   files of out/
listing.py     what out/ holds, as build.json says it
pages.py       the pages, from the templates of layouts/preview/
words.py       their words in Korean and English
app.py         which address is answered by what
watch.py       which files are watched
builds.py      one build at a time, in a process of its own (building.py)
hub.py         what open pages are told of builds
serving.py     the port, and the server's life
"""
