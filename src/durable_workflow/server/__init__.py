"""The reference server: the protocol in one process, durable in one SQLite file."""
