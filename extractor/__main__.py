"""`python -m extractor` does what the command does."""

from extractor.cli import main

if __name__ == "__main__":
    main()
