"""The page: what a political secretary opens in the morning. A door: it parses, calls one function, and shows.

Every number it shows comes from a function in `index/` that the command line uses too. Only this room knows HTTP.
"""
