"""The ground: what the library holds and how sure it is, and what every room must know of Swedish."""
