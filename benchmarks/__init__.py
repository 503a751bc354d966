"""Measurements of the whole path: client, server, store and worker."""
