"""The shared cache: results of steps by what they depend on, in a folder or an object store.

address.py         which cache a build uses: command line, environment, site.toml
stores/            names and bytes: a folder, or what fsspec reaches
entries.py         bytes as they are stored: compressed, hashed, signed
variants.py        results of a post that others have
keys.py            what is known of a post before any of its steps runs
work.py            looking up, placing and offering the results of one post
process.py         the process that does so beside a build
requests.py        what is open there, and how long it is waited for
takeover.py        which results are those that a build would come to
shared_results.py  what a build asks of it
merging.py         the same of output folders of builds elsewhere
upkeep.py          what is in a cache: counted, pruned, verified
"""
