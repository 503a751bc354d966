"""Faults that other clients of this protocol have, each with the tests that keep it out of ours."""

from __future__ import annotations

import ast

import pytest

from support.imports import ROOT

TESTS = ROOT / "tests"
CLIENT, TRANSPORT = "unit/client/test_client_", "unit/transport/test_"

# What goes wrong -> file and tests, on real sockets against a server that misbehaves.
FAULTS: dict[str, dict[str, list[str]]] = {
    "a workflow id is pasted unescaped into a path and reaches another route": {
        f"{CLIENT}start.py": ["test_an_id_stays_one_segment_of_the_path"],
        f"{TRANSPORT}transport_senders.py": ["test_the_target_is_sent_as_it_was_made"],
        f"{TRANSPORT}transport_properties.py": ["test_a_name_is_one_segment_of_the_path_or_is_not_sent"],
    },
    "a start is sent again after a lost answer and refused for one's own run": {
        f"{CLIENT}start.py": [
            "test_the_own_run_is_recognised_after_a_lost_answer",
            "test_a_foreign_run_is_not_taken_for_the_own_one",
        ],
    },
    "a signal is sent twice after a lost answer": {
        f"{CLIENT}commands.py": [
            "test_a_signal_is_not_delivered_twice",
            "test_a_signal_is_repeated_where_its_key_is_recognised",
        ],
        f"{CLIENT}lossy_network.py": ["test_commands_whose_answers_are_lost"],
    },
    "Retry-After is ignored": {
        f"{TRANSPORT}transport_faults.py": [
            "test_retry_after_in_seconds_is_honoured",
            "test_retry_after_as_a_date_is_honoured",
            "test_retry_after_beyond_the_deadline_is_not_waited_for",
        ],
    },
    "one poll deadline sends several polls": {
        f"{CLIENT}worker_plane.py": [
            "test_one_deadline_is_one_poll_and_its_key_is_used_again",
            "test_a_repeated_poll_has_the_same_key",
        ],
    },
    "errors of the HTTP library and of json escape": {
        f"{TRANSPORT}transport_faults.py": ["test_nobody_listens", "test_a_body_of_another_shape"],
        f"{TRANSPORT}transport_properties.py": [
            "test_whatever_comes_back_only_our_errors_come_out",
            "test_whatever_bytes_come_back_only_our_errors_come_out",
        ],
    },
    "a login page with status 200 is taken for an answer": {
        f"{TRANSPORT}transport_faults.py": ["test_a_login_page_with_status_200"],
    },
    "a list query with a # loses the page token": {
        f"{TRANSPORT}transport_properties.py": ["test_a_text_is_one_value_of_the_query_or_is_not_sent"],
    },
    "a rejected token is polled with for ever, and cancellation is swallowed": {
        f"{CLIENT}worker_plane.py": ["test_refused_tokens_are_not_tried_again"],
        f"{TRANSPORT}client_options.py": ["test_a_refused_token_is_asked_for_once_more"],
        f"{TRANSPORT}transport_faults.py": ["test_a_cancelled_call_leaves_a_usable_client"],
        "unit/worker/test_worker_start.py": ["test_a_refused_token_ends_it"],
    },
    "the synchronous client fails on the second call, from threads, in notebooks and after a fork": {
        f"{TRANSPORT}transport_sharing.py": [
            "test_threads_share_a_synchronous_client",
            "test_a_synchronous_client_works_more_than_once_and_inside_a_running_loop",
            "test_a_forked_child_has_connections_of_its_own",
        ],
    },
    "waiting for a result polls, and then downloads the whole history": {
        f"{CLIENT}results.py": [
            "test_the_result_of_a_closed_run_takes_one_request",
            "test_a_server_that_can_hold_is_not_polled",
        ],
    },
}


def names_of_tests(file: str) -> set[str]:
    tree = ast.parse((TESTS / file).read_text())
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, functions) and node.name.startswith("test_")}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_tests(fault: str) -> None:
    for file, names in FAULTS[fault].items():
        assert names
        assert not set(names) - names_of_tests(file), file
