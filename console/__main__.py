"""``python -m console``: the same as the ``smart-console`` command."""

if __name__ == "__main__":
    from console.cli import main  # here, so that the worker process, which reads this file too, stays small

    main()
