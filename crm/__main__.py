"""`python -m crm` is the command `seutu`."""

from crm.cli import main

if __name__ == "__main__":
    main()
