"""The cluster: the steps of a build on other machines, through a scheduler of Dask.

address.py    what --cluster names
scheduler.py  the only one who knows Dask: connects, sends, hears of workers that come and go
versions.py   what must be the same here and there for the same bytes
orders.py     what is sent: steps and the files that they need; what comes back
supplies.py   which files a step needs, and whether a result was made of what is here
homecoming.py which results are taken
placing.py    ... and written
roster.py     which workers there are, and what each is known to have
workers.py    the contract of `runner/workers.py` on top of these
worker.py     what a worker of Dask runs
mirror.py     the folder of a build on a worker
engine.py     a process that runs steps with a pool of its own, beside Dask's threads
"""
