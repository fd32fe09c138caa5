"""One module a family of verbs; each has `run(verb, words) -> exit code`."""
