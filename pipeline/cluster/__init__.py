"""The same tasks on other machines: an existing Dask cluster does what the local processes do (extra `cluster`).

The library and its one writer stay where they are. A task goes out with all it needs, the original by a path both sides
reach or else as bytes, and its result comes back as a local one does. On the other machine it runs in the same confined
processes as here. Dask trusts its peers: between machines it should speak TLS (docs/kluster.md).
"""
