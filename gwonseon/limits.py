"""How much anybody may send. One set of numbers: forms say them and check them, Django and the
middleware hold them, and docs/operators.md repeats them for nginx (a test compares).

What a form refuses itself comes back with everything that was typed. Above it stands what is not
even read: it is so much larger that no honest form reaches it.
"""

MEBIBYTE = 2**20

# Bytes. A table of 2,000 lines with the longest texts stays below; a phone's photo of 50 million
# pixels has about 12 MB.
LARGEST_TABLE = 5 * MEBIBYTE
LARGEST_EVIDENCE = 15 * MEBIBYTE
# All files of one form together.
MOST_FILES = 10
LARGEST_FILES = 40 * MEBIBYTE
# Everything in a form that is no file: pasted tables are the longest.
LARGEST_TEXT = 4 * MEBIBYTE
LARGEST_PASTE = 1 * MEBIBYTE
# A request as a whole. What is larger is answered without being read.
LARGEST_REQUEST = 64 * MEBIBYTE
# Fields of one form: a record with 50 findings has about 300.
MOST_FIELDS = 1000
