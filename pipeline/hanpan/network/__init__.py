"""The network: connections of which every wait, and all that comes, has a bound.

deadline.py   the moment by which something must be over
backend.py    sockets that keep a deadline, whatever the other side does
transport.py  requests of publishing over such sockets, by the proxies of the environment
"""
