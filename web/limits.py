"""How much is taken in from a form at once."""

from web.security import LARGEST_BODY

MOST_FIELDS, MOST_FILES = 200, 200
MEGABYTES = LARGEST_BODY >> 20
