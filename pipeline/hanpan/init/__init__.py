"""Init: hanpan is added to a blog: what is written into it, and how files of its author are edited.

blog.py        what there is: whose blog, in which language, where its posts are
settings.py    site.toml: what the generator's settings do not say
targets.py     hanpan.mk, and the line of a Makefile that includes it
yaml_lists.py  one more entry of a list in YAML, without touching anything else
ci.py          the workflows of GitHub and GitLab, from files/
changes.py     all of it as changes: shown, and written
"""
