"""Replays recorded scenarios as scripts against the reference server and compares the answers."""
