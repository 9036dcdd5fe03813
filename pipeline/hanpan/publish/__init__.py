"""Publishing: payloads sent through platforms' APIs; one post there, however often it is sent.

run.py         one run of the command: build, then send; sender.py, post by post
engine.py      one payload to one target, whatever happens; outcome.py, what became of it
sync_state.py  whose text a server has; difference.py shows it; last_sent.py, what was last sent
uploads.py     pictures, each content once; visibility.py, who may see the post
ledger.py      crosspost.lock: what was sent where, one run at a time; ledger_text.py, its lines
payload.py     what the cross-post edition wrote, and the addresses of uploads
client.py      what publishing needs from a platform's API, and how it fails
clients/       one module for each platform's API; the table CLIENTS
api.py         one API's address, headers and remedies; listing.py, posts found in a list
http.py        requests over HTTPS, repeated only where that is harmless
answers/       what servers say, as data: without secrets, bounded, ids and addresses of a shape
refusals.py    what to change when a server refuses
secrets.py     addresses and secrets from the environment and the keyring; never shown
"""
