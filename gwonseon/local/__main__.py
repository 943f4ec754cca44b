"""The command `python -m gwonseon.local`, which `make run` calls."""

from gwonseon.local.supervisor import main

main()
