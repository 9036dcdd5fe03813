"""Publishing: payloads sent through platforms' APIs, one post there however often it is sent.

payload.py   what the cross-post edition wrote, and the addresses of uploads
client.py    what is asked of a platform's API, and how it fails
clients/     one module a platform's API; the table CLIENTS
listing.py   posts of servers that cannot be asked for one by its canonical URL
http.py      requests over HTTPS, repeated only where that is harmless
reasons.py   why a server says no, in its words; refusals.py, what to change
secrets.py   settings from the environment and the keyring; never shown
ledger.py    crosspost.lock: what was sent where
"""
