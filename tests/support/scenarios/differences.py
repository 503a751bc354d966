"""The differences that are meant, each with its row in docs/compatibility.md."""

from __future__ import annotations

from durable_workflow.server._not_yet import NOT_YET
from support.scenarios.known import Known, Parting, Rule, Single

_ADDED = "members that this server adds"
_ARGUMENTS = "arguments of a signal in history"
_BARE = "`complete_workflow` with a bare value"
_CHILDREN = "`max_pending_children` beside `pending_child_count`"
_CONTRACTS = "types whose contract the server itself knows"
_DEADLINES = "execution and run time-outs"
_DUPLICATE = "duplicate starts"
_DEBUG = "debugWorkflow debugWorkflowRun"
_EMPTY = "`commands: []`"
_EMPTY_MAPS = "empty maps in answers"
_EXPORTS = "an export's waits, timeline and links"
_FAILURES = "failures of activities without `details`"
_FIELDS = "names of refused members"
_FOREIGN_SIGNALS = "signals to types of external workers"
_LATER = "operations that it does not have yet"
_LISTS = "`status` of a list"
_MACHINERY = "what history tells of the server's own tasks, database and routes"
_MANIFESTS = "manifests in cluster info"
_MERGED = "workflow tasks of one run"
_MEANWHILE = "a description while a task is being completed"
_NAMES = "class names of failures that the server makes"
_READY = "what debug and export say of a task that waits"
_REDELIVERED = "a failed workflow task"
_REPEATED = "`request_id` of an update"
_REQUEST_IDS = "`request_id` of a command"
_NO_KEY = "`open_condition_wait` with an empty `condition_key`"
_RESUMING = "the context of a workflow task after a time-out of an activity"
_TIMERS = "the time at which a timer fires"
_UNDECLARED = "arguments of a signal that is declared without parameters"
_WAITING = "`wait_kind` of a run with an open condition and a workflow task"
_WORDS = "texts for people"

# What cluster info says of operations that our server does not have yet; gone with the last of them.
_NOT_YET = {
    "createSchedule": Rule(_LATER, "value", r"body\.capabilities\.schedule\w+", "getClusterInfo"),
    "getRetention": Rule(_LATER, "value", r"body\.capabilities\.history_retention", "getClusterInfo"),
}

RULES: tuple[Rule, ...] = (
    *(rule for operation, rule in _NOT_YET.items() if operation in NOT_YET),
    Rule(
        _EMPTY_MAPS,
        "type",
        r".*\.(memo|search_attributes|validation_errors|context|visibility_labels|payload)",
    ),
    Rule(_ADDED, "added", r"body\.(worker_protocol\.)?server_capabilities\.\w+"),
    Rule(
        _ADDED,
        "entries value",
        r"body\.(worker_protocol\.)?server_capabilities\.supported_workflow_task_commands(\[\])?",
    ),
    Rule(
        _ADDED, "added", r"history\[(WorkflowCompleted|ChildRunCompleted|Update\w+)\]\.payload\.payload_codec"
    ),
    Rule("`non_retryable` of a failed child", "added", r"history\[ChildRunFailed\]\.payload\.non_retryable"),
    Rule("commands that the server gives itself", "value", r"history\[\w+\]\.payload\.command\.source"),
    Rule(_MACHINERY, "value", r"history\[ActivityCancelled\]\.payload\.activity\.attempt_count"),
    Rule(_ADDED, "added", r"body\.task\.history_(size_bytes|fan_out|budget_\w+)", "pollWorkflowTask"),
    Rule(_ADDED, "added", r"body\.task\.continue_as_new_recommended", "pollWorkflowTask"),
    Rule(_ADDED, "added", r"body\.task\.last_heartbeat_details", "pollActivityTask"),
    Rule(_ADDED, "added", r"body\.poll_status", "pollWorkflowTask pollActivityTask pollQueryTask"),
    Rule(
        _ADDED, "added", r"body\.(heartbeat_interval|stale_after)_seconds", "registerWorker heartbeatWorker"
    ),
    Rule(_ADDED, "added", r"body\.workflows\[\]\.(namespace|payload_codec)"),
    Rule(_ADDED, "added", r"body\.error", "completeWorkflowTask completeActivityTask failActivityTask"),
    Rule(_FIELDS, "missing", r"body\.(validation_)?errors\.failure\.message"),
    Rule(_ADDED, "added", r"body\.capabilities\.\w+", "getClusterInfo"),
    Rule(_MANIFESTS, "missing", r"body\.(worker_protocol\.)?\w+_contract\.\w+", "getClusterInfo"),
    Rule(_MANIFESTS, "missing", r"body\.task_repair", "getClusterInfo"),
    Rule(_MANIFESTS, "value", r"body\.capabilities\.\w+_contract", "getClusterInfo"),
    Rule(_CHILDREN, "value", r"body\.limits\.max_pending_children", "getClusterInfo"),
    Rule(_DUPLICATE, "entries", r".*\.start\.fields\.duplicate_policy\.canonical_values", "getClusterInfo"),
    Rule(_LISTS, "entries missing", r".*\.list\.fields\.status\.(canonical_values|rejected_aliases\.\w+)"),
    Rule(_ARGUMENTS, "added", r"history\[SignalReceived\]\.payload\.(arguments|payload_codec)"),
    Rule(_UNDECLARED, "value", r"history\[SignalReceived\]\.payload\.command\.payload"),
    Rule(_WORDS, "value", r"history\[UpdateRejected\]\.payload\.command\.payload"),
    Rule(_MACHINERY, "missing", r"history\[\w+\]\.payload\.task\.(connection|last_dispatch(ed|_attempt)_at)"),
    Rule(_MACHINERY, "missing", r"history\[\w+\]\.payload\.command\.request_(method|path|route_name)"),
    Rule(_MACHINERY, "missing", r"history\[TimerFired\]\.payload\.task\.lease(d_at|_owner|_expires_at)"),
    Rule(_MACHINERY, "value", r"history\[TimerFired\]\.payload\.task\.status"),
    Rule(_MACHINERY, "value", r"(history\[\w+\]\.payload\.task|body\.tasks\[\])\.repair_count"),
    Rule(
        _MACHINERY,
        "emptied",
        r"body\.(commands\[\w+\]|timeline\[\]\.command)\.request_(method|path|route_name)",
    ),
    Rule(_MACHINERY, "emptied", r"body\.tasks\[\]\.last_dispatch(ed|_attempt)_at"),
    Rule(_EXPORTS, "value", r"body\.(selected_run\.|links\.|workflow\.)\w+_source"),
    Rule(_EXPORTS, "filled", r"body\.timeline\[\]\.(command\.context|failure\.file)"),
    Rule(_EXPORTS, "filled", r"body\.waits\[\]\.history_authority"),
    Rule(_EXPORTS, "value", r"body\.timeline\[\]\.task\.status"),
    Rule(_ADDED, "added", r"body\.(workflow|run)_id", "exportWorkflowHistory"),
    Rule(_NAMES, "emptied", r".*\.exception_resol(ved_class|ution_source)"),
    Rule(_READY, "value emptied", r"body\.summary\.task_problem(_badge)?", "exportWorkflowHistory"),
    Rule(_READY, "missing value", r"body\.execution\.task_problem(_badge)?", _DEBUG),
    Rule(
        _READY,
        "value",
        r"body\.(diagnostic_status|execution\.liveness_state|task_queue\.repair\.\w+)",
        _DEBUG,
    ),
    Rule(_READY, "entries", r"body\.findings", _DEBUG),
    Rule(_READY, "missing value", r"body\.pending_workflow_tasks\[\]\.\w+", _DEBUG),
    Rule(_READY, "value", r"body\.execution\.next_scheduled_event\.source", _DEBUG),
    Rule(_NAMES, "value", r".*\.exception_class"),
    Rule(_FAILURES, "added", r"history\[Activity\w+\]\.payload\.exception\.type"),
    Rule(_FAILURES, "filled", r"history\[Activity\w+\]\.payload\.exception_type"),
    Rule(_FAILURES, "value", r"history\[Activity\w+\]\.payload\.activity\.exception"),
    Rule(_CONTRACTS, "missing", r"history\[WorkflowStarted\]\.payload\.declared_\w+"),
    Rule(
        _CONTRACTS, "missing value", r"history\[WorkflowStarted\]\.payload\.workflow_definition_fingerprint"
    ),
    Rule(_CONTRACTS, "value", r".*\.workflow_class"),
    Rule(_RESUMING, "filled", r"body\.task\.(workflow_wait_kind|open_wait_id|resume_source_(kind|id))"),
    Rule(_RESUMING, "filled", r"body\.task\.(activity_\w+|workflow_sequence|workflow_event_type)"),
    Rule(_DUPLICATE, "added", r"body\.(reason|message)", "startWorkflow"),
    Rule(
        _DEADLINES,
        "added",
        r"history\[WorkflowStarted\]\.payload\.(execution|run)_(timeout_seconds|deadline_at)",
    ),
    Rule(_DEADLINES, "filled", r"body\.(execution|run)_(deadline_at|timeout_seconds)"),
    Rule("`actions.can_query`, `can_update`, `can_signal`", "value", r"body\.actions\.can_(query|update)"),
    Rule("arguments of a query without any", "filled", r"body\.task\.query_arguments\.(codec|blob)"),
    Rule(_WAITING, "value", r"body\.wait_kind", "describeWorkflow"),
)

SINGLES: tuple[Single, ...] = (
    Single(_BARE, "worker-plane", (3617, 3618, 3661, 3662, 3663, 3666, 3667, 3668)),
    Single(
        "describe of a run that was completed with a value that cannot be decoded", "worker-plane", (3657,)
    ),
    Single("commands whose `arguments` lack `blob`", "worker-plane", (3539,)),
    Single("a blob that cannot be decoded at start", "errors", (4445,)),
    Single(_EMPTY, "worker-plane", (3517,), left_out=True),
    Single(_EMPTY, "worker-plane", (3718,), left_out=True),
    Single(_FAILURES, "worker-plane", (3572,), without=("failure.type",)),
    Single(
        _FAILURES, "e2e-activities", (4755, 4757, 4759), without=("failure.type", "failure.non_retryable")
    ),
    Single(_FAILURES, "e2e-activities", (4772, 4774, 4776), without=("failure.type",)),
    Single(_REQUEST_IDS, "control-workflows", (2815,), without=("request_id",)),
    Single(_REPEATED, "e2e-messages", (1759,), without=("request_id",)),
    Single(_FOREIGN_SIGNALS, "e2e-messages", (1515, 1540)),
    Single("updates to types of external workers", "e2e-messages", (1545, 1547, 1549)),
    Single("a signal during a leased task", "e2e-messages", (1484, 1506)),
    Single("repair", "control-workflows", (3052, 3060)),
    Single(_REDELIVERED, "worker-plane", (3586,)),
    Single(_DUPLICATE, "e2e-cancel-terminate", (4934,)),
    Single(_DUPLICATE, "errors", (4454,)),
    Single("`use-existing` on a closed run", "e2e-cancel-terminate", (4942,)),
    Single("`use-existing` on a closed run", "control-workflows", (3058,)),
    Single(_LISTS, "control-workflows", (2713, 2715, 2718, 2721)),
    Single("languages of workers", "worker-plane", (3477,)),
    Single(_NO_KEY, "worker-plane", (3621,), without=("commands.0.condition_key",)),
    Single("a body that is JSON but no object", "errors", (4486, 4487)),
    Single(_FIELDS, "errors", (4459,)),
    Single(_FIELDS, "worker-plane", (3526, 3530)),
    Single("an unknown route without version header", "errors", (4401, 4402)),
    Single("an escaped slash in a workflow id", "errors", (4501,)),
    Single("`OPTIONS` on a known path", "errors", (4404,)),
    Single("a path parameter outside its schema", "errors", (4502,)),
    Single("a heartbeat that meets a cancel", "e2e-activities", (4823,)),
    Single(_TIMERS, "e2e-basic", (3156,)),
    Single(_MEANWHILE, "e2e-basic", (3157,)),
    Single(_MEANWHILE, "e2e-children", (4563,)),
    Single("`non_retryable` of `fail_workflow`", "worker-plane", (3609,)),
    Single("`schedule_to_start` passes again and again", "worker-plane", (3587, 3599)),
    Single(_REPEATED, "control-workflows", (4350,)),
    Single("workers with a build id", "worker-plane", (3715,)),
)

PARTINGS: tuple[Parting, ...] = (
    Parting(_MERGED, "e2e-basic", "parallel", 1285),
    Parting(_REPEATED, "control-workflows", "update_accepted_duplicate_request_id", 2902, "value"),
    Parting(_REPEATED, "control-workflows", "update_task_complete", 2914, "entries value"),
    Parting(_REPEATED, "control-workflows", "cancel", 3036, "value"),
    Parting(_REPEATED, "control-workflows", "update_run_targeted", 4340, "entries value"),
    Parting(_REPEATED, "control-workflows", "signal_task_arguments", 4345, "entries value"),
    Parting(_REPEATED, "control-workflows", "update_after_completed", 4351, "value"),
    Parting("a child cancelled or terminated by a command", "e2e-children", "child_cancelled_directly", 4636),
)

KNOWN: tuple[Known, ...] = (*SINGLES, *PARTINGS, *RULES)
