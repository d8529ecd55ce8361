"""The commands of the command line, one a module: `add_options(parser)` and `run(options)`.

A command's module is imported when the command is named, so that `--help` loads none of them.
"""
