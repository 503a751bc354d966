"""A trip is booked as a whole or not at all: child workflows, a saga, updates and queries.

`python -m examples.trip_booking.demo` plays four trips; tests/e2e/test_trip_booking.py tests the workflows.
"""
