"""`python -m gwonseon.local`: what `make run` runs."""

from gwonseon.local.supervisor import main

main()
