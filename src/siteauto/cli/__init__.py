"""The command line: parse, confirm, choose a reporter, exit code. Everything heavy is imported when it is needed."""
