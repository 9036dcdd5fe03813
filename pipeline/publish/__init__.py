"""Publishing: payloads sent through platforms' APIs, one post there however often it is sent.

payload.py   what the cross-post edition wrote, and the addresses of uploads
client.py    what is asked of a platform's API, and how it fails
clients/     one module a platform's API; the table CLIENTS
http.py      requests over HTTPS, repeated only where that is harmless; reasons.py, why not
secrets.py   settings from the environment and the keyring; never shown
ledger.py    crosspost.lock: what was sent where
"""
