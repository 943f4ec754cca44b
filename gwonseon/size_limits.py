"""The largest uploads and requests. Forms state and check these numbers, Django and the middleware
enforce them, and docs/operators.md repeats them for nginx (a test compares).

A form that refuses an upload is shown again with everything that was typed. A request above the
limits of the middleware is not even read; they are so large that no ordinary form reaches them.
"""

MEBIBYTE = 2**20

# In bytes, for one file. A table of 2,000 lines with the longest texts is smaller; a phone's photo
# of 50 million pixels has about 12 MB.
LARGEST_TABLE = 5 * MEBIBYTE
LARGEST_EVIDENCE = 15 * MEBIBYTE
# A plan of a hundred pages with its pictures.
LARGEST_DOCUMENT = 15 * MEBIBYTE
# All files of one form together.
MOST_FILES = 10
LARGEST_FILES = 40 * MEBIBYTE
# Everything in a form that is not a file: pasted tables are the longest.
LARGEST_TEXT = 4 * MEBIBYTE
LARGEST_PASTE = 1 * MEBIBYTE
# A whole request. A larger one is refused without being read.
LARGEST_REQUEST = 64 * MEBIBYTE
# Fields of one form: a record with 50 findings has about 300.
MOST_FIELDS = 1000
