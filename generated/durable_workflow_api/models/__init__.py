# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The data models of requests and responses, each loaded with its first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .activity_failure import ActivityFailure
    from .activity_failure_kind import ActivityFailureKind
    from .activity_task_heartbeat_request import ActivityTaskHeartbeatRequest
    from .activity_timeout_candidates import ActivityTimeoutCandidates
    from .activity_timeout_pass_report import ActivityTimeoutPassReport
    from .activity_timeout_pass_request import ActivityTimeoutPassRequest
    from .activity_timeout_result import ActivityTimeoutResult
    from .activity_timeout_type import ActivityTimeoutType
    from .archive_workflow_request import ArchiveWorkflowRequest
    from .auth_check import AuthCheck
    from .backfill_fire import BackfillFire
    from .backfill_schedule_request import BackfillScheduleRequest
    from .backfill_schedule_response import BackfillScheduleResponse
    from .bridge_duplicate_policy import BridgeDuplicatePolicy
    from .build_id_drain_state import BuildIdDrainState
    from .build_id_list import BuildIdList
    from .build_id_request import BuildIdRequest
    from .build_id_rollout import BuildIdRollout
    from .cache_check import CacheCheck
    from .cancel_workflow_request import CancelWorkflowRequest
    from .command_receipt import CommandReceipt
    from .command_refusal import CommandRefusal
    from .complete_activity_task_request import CompleteActivityTaskRequest
    from .complete_query_task_request import CompleteQueryTaskRequest
    from .complete_workflow_task_request import CompleteWorkflowTaskRequest
    from .control_plane_error import ControlPlaneError
    from .create_namespace_request import CreateNamespaceRequest
    from .create_schedule_request import CreateScheduleRequest
    from .create_search_attribute_request import CreateSearchAttributeRequest
    from .created_namespace import CreatedNamespace
    from .created_search_attribute import CreatedSearchAttribute
    from .database_check import DatabaseCheck
    from .default_namespace_check import DefaultNamespaceCheck
    from .deleted_search_attribute import DeletedSearchAttribute
    from .deleted_worker import DeletedWorker
    from .duplicate_policy import DuplicatePolicy
    from .external_storage_config import ExternalStorageConfig
    from .external_storage_config_view import ExternalStorageConfigView
    from .external_storage_view import ExternalStorageView
    from .fail_activity_task_request import FailActivityTaskRequest
    from .fail_query_task_request import FailQueryTaskRequest
    from .fail_workflow_task_request import FailWorkflowTaskRequest
    from .health_checks import HealthChecks
    from .health_status import HealthStatus
    from .list_schedules_status import ListSchedulesStatus
    from .migrations_check import MigrationsCheck
    from .namespace_conflict import NamespaceConflict
    from .namespace_description import NamespaceDescription
    from .namespace_facts import NamespaceFacts
    from .namespace_list import NamespaceList
    from .oldest_ready_task import OldestReadyTask
    from .overlap_policy import OverlapPolicy
    from .payload_envelope import PayloadEnvelope
    from .poll_activity_task_request import PollActivityTaskRequest
    from .poll_query_task_request import PollQueryTaskRequest
    from .poll_workflow_task_request import PollWorkflowTaskRequest
    from .poller_counts import PollerCounts
    from .query_admission import QueryAdmission
    from .query_refusal import QueryRefusal
    from .query_task_failure import QueryTaskFailure
    from .query_workflow_request import QueryWorkflowRequest
    from .query_workflow_response import QueryWorkflowResponse
    from .readiness import Readiness
    from .readiness_checks import ReadinessChecks
    from .register_worker_request import RegisterWorkerRequest
    from .renew_activity_task_lease_request import RenewActivityTaskLeaseRequest
    from .repair_failure import RepairFailure
    from .repair_pass_report import RepairPassReport
    from .repair_pass_request import RepairPassRequest
    from .repair_run_failure import RepairRunFailure
    from .repair_task_failure import RepairTaskFailure
    from .repair_workflow_request import RepairWorkflowRequest
    from .retention_candidates import RetentionCandidates
    from .retention_pass_report import RetentionPassReport
    from .retention_pass_request import RetentionPassRequest
    from .retention_result import RetentionResult
    from .schedule_action import ScheduleAction
    from .schedule_action_patch import ScheduleActionPatch
    from .schedule_action_view import ScheduleActionView
    from .schedule_buffered_action import ScheduleBufferedAction
    from .schedule_cursor import ScheduleCursor
    from .schedule_description import ScheduleDescription
    from .schedule_info import ScheduleInfo
    from .schedule_interval import ScheduleInterval
    from .schedule_interval_view import ScheduleIntervalView
    from .schedule_list import ScheduleList
    from .schedule_list_item import ScheduleListItem
    from .schedule_note_request import ScheduleNoteRequest
    from .schedule_receipt import ScheduleReceipt
    from .schedule_recent_action import ScheduleRecentAction
    from .schedule_refusal import ScheduleRefusal
    from .schedule_spec import ScheduleSpec
    from .schedule_spec_view import ScheduleSpecView
    from .schedule_state import ScheduleState
    from .search_attribute_list import SearchAttributeList
    from .search_attribute_refusal import SearchAttributeRefusal
    from .search_attribute_type import SearchAttributeType
    from .server_fault import ServerFault
    from .set_external_storage_request import SetExternalStorageRequest
    from .signal_workflow_event import SignalWorkflowEvent
    from .signal_workflow_request import SignalWorkflowRequest
    from .signal_workflow_response import SignalWorkflowResponse
    from .signal_workflow_target import SignalWorkflowTarget
    from .start_workflow_conflict import StartWorkflowConflict
    from .start_workflow_event import StartWorkflowEvent
    from .start_workflow_request import StartWorkflowRequest
    from .start_workflow_response import StartWorkflowResponse
    from .start_workflow_target import StartWorkflowTarget
    from .storage_driver import StorageDriver
    from .storage_payload_report import StoragePayloadReport
    from .storage_test_refusal import StorageTestRefusal
    from .storage_test_report import StorageTestReport
    from .task_admission import TaskAdmission
    from .task_counts import TaskCounts
    from .task_queue_admission import TaskQueueAdmission
    from .task_queue_description import TaskQueueDescription
    from .task_queue_lease import TaskQueueLease
    from .task_queue_list import TaskQueueList
    from .task_queue_list_item import TaskQueueListItem
    from .task_queue_poller import TaskQueuePoller
    from .task_queue_repair import TaskQueueRepair
    from .task_queue_repair_policy import TaskQueueRepairPolicy
    from .task_queue_state import TaskQueueState
    from .task_queue_stats import TaskQueueStats
    from .task_repair_candidates import TaskRepairCandidates
    from .task_repair_policy import TaskRepairPolicy
    from .task_repair_scope import TaskRepairScope
    from .task_repair_view import TaskRepairView
    from .terminate_workflow_request import TerminateWorkflowRequest
    from .test_storage_request import TestStorageRequest
    from .trigger_schedule_fault import TriggerScheduleFault
    from .trigger_schedule_request import TriggerScheduleRequest
    from .trigger_schedule_response import TriggerScheduleResponse
    from .update_namespace_request import UpdateNamespaceRequest
    from .update_schedule_request import UpdateScheduleRequest
    from .update_wait_for import UpdateWaitFor
    from .update_workflow_event import UpdateWorkflowEvent
    from .update_workflow_request import UpdateWorkflowRequest
    from .update_workflow_response import UpdateWorkflowResponse
    from .update_workflow_target import UpdateWorkflowTarget
    from .updated_namespace import UpdatedNamespace
    from .webhook_outcome import WebhookOutcome
    from .webhook_refusal import WebhookRefusal
    from .webhook_target_view import WebhookTargetView
    from .worker_description import WorkerDescription
    from .worker_details import WorkerDetails
    from .worker_heartbeat_request import WorkerHeartbeatRequest
    from .worker_list import WorkerList
    from .worker_runtime import WorkerRuntime
    from .worker_status_filter import WorkerStatusFilter
    from .workflow_actions import WorkflowActions
    from .workflow_description import WorkflowDescription
    from .workflow_list import WorkflowList
    from .workflow_list_item import WorkflowListItem
    from .workflow_run_list import WorkflowRunList
    from .workflow_run_list_item import WorkflowRunListItem
    from .workflow_status_filter import WorkflowStatusFilter
    from .workflow_task_failure import WorkflowTaskFailure
    from .workflow_task_heartbeat_request import WorkflowTaskHeartbeatRequest
    from .workflow_task_history_request import WorkflowTaskHistoryRequest

__all__ = [
    "ActivityFailure",
    "ActivityFailureKind",
    "ActivityTaskHeartbeatRequest",
    "ActivityTimeoutCandidates",
    "ActivityTimeoutPassReport",
    "ActivityTimeoutPassRequest",
    "ActivityTimeoutResult",
    "ActivityTimeoutType",
    "ArchiveWorkflowRequest",
    "AuthCheck",
    "BackfillFire",
    "BackfillScheduleRequest",
    "BackfillScheduleResponse",
    "BridgeDuplicatePolicy",
    "BuildIdDrainState",
    "BuildIdList",
    "BuildIdRequest",
    "BuildIdRollout",
    "CacheCheck",
    "CancelWorkflowRequest",
    "CommandReceipt",
    "CommandRefusal",
    "CompleteActivityTaskRequest",
    "CompleteQueryTaskRequest",
    "CompleteWorkflowTaskRequest",
    "ControlPlaneError",
    "CreatedNamespace",
    "CreatedSearchAttribute",
    "CreateNamespaceRequest",
    "CreateScheduleRequest",
    "CreateSearchAttributeRequest",
    "DatabaseCheck",
    "DefaultNamespaceCheck",
    "DeletedSearchAttribute",
    "DeletedWorker",
    "DuplicatePolicy",
    "ExternalStorageConfig",
    "ExternalStorageConfigView",
    "ExternalStorageView",
    "FailActivityTaskRequest",
    "FailQueryTaskRequest",
    "FailWorkflowTaskRequest",
    "HealthChecks",
    "HealthStatus",
    "ListSchedulesStatus",
    "MigrationsCheck",
    "NamespaceConflict",
    "NamespaceDescription",
    "NamespaceFacts",
    "NamespaceList",
    "OldestReadyTask",
    "OverlapPolicy",
    "PayloadEnvelope",
    "PollActivityTaskRequest",
    "PollerCounts",
    "PollQueryTaskRequest",
    "PollWorkflowTaskRequest",
    "QueryAdmission",
    "QueryRefusal",
    "QueryTaskFailure",
    "QueryWorkflowRequest",
    "QueryWorkflowResponse",
    "Readiness",
    "ReadinessChecks",
    "RegisterWorkerRequest",
    "RenewActivityTaskLeaseRequest",
    "RepairFailure",
    "RepairPassReport",
    "RepairPassRequest",
    "RepairRunFailure",
    "RepairTaskFailure",
    "RepairWorkflowRequest",
    "RetentionCandidates",
    "RetentionPassReport",
    "RetentionPassRequest",
    "RetentionResult",
    "ScheduleAction",
    "ScheduleActionPatch",
    "ScheduleActionView",
    "ScheduleBufferedAction",
    "ScheduleCursor",
    "ScheduleDescription",
    "ScheduleInfo",
    "ScheduleInterval",
    "ScheduleIntervalView",
    "ScheduleList",
    "ScheduleListItem",
    "ScheduleNoteRequest",
    "ScheduleReceipt",
    "ScheduleRecentAction",
    "ScheduleRefusal",
    "ScheduleSpec",
    "ScheduleSpecView",
    "ScheduleState",
    "SearchAttributeList",
    "SearchAttributeRefusal",
    "SearchAttributeType",
    "ServerFault",
    "SetExternalStorageRequest",
    "SignalWorkflowEvent",
    "SignalWorkflowRequest",
    "SignalWorkflowResponse",
    "SignalWorkflowTarget",
    "StartWorkflowConflict",
    "StartWorkflowEvent",
    "StartWorkflowRequest",
    "StartWorkflowResponse",
    "StartWorkflowTarget",
    "StorageDriver",
    "StoragePayloadReport",
    "StorageTestRefusal",
    "StorageTestReport",
    "TaskAdmission",
    "TaskCounts",
    "TaskQueueAdmission",
    "TaskQueueDescription",
    "TaskQueueLease",
    "TaskQueueList",
    "TaskQueueListItem",
    "TaskQueuePoller",
    "TaskQueueRepair",
    "TaskQueueRepairPolicy",
    "TaskQueueState",
    "TaskQueueStats",
    "TaskRepairCandidates",
    "TaskRepairPolicy",
    "TaskRepairScope",
    "TaskRepairView",
    "TerminateWorkflowRequest",
    "TestStorageRequest",
    "TriggerScheduleFault",
    "TriggerScheduleRequest",
    "TriggerScheduleResponse",
    "UpdatedNamespace",
    "UpdateNamespaceRequest",
    "UpdateScheduleRequest",
    "UpdateWaitFor",
    "UpdateWorkflowEvent",
    "UpdateWorkflowRequest",
    "UpdateWorkflowResponse",
    "UpdateWorkflowTarget",
    "WebhookOutcome",
    "WebhookRefusal",
    "WebhookTargetView",
    "WorkerDescription",
    "WorkerDetails",
    "WorkerHeartbeatRequest",
    "WorkerList",
    "WorkerRuntime",
    "WorkerStatusFilter",
    "WorkflowActions",
    "WorkflowDescription",
    "WorkflowList",
    "WorkflowListItem",
    "WorkflowRunList",
    "WorkflowRunListItem",
    "WorkflowStatusFilter",
    "WorkflowTaskFailure",
    "WorkflowTaskHeartbeatRequest",
    "WorkflowTaskHistoryRequest",
]

_MODULES = {
    "ActivityFailure": ".activity_failure",
    "ActivityFailureKind": ".activity_failure_kind",
    "ActivityTaskHeartbeatRequest": ".activity_task_heartbeat_request",
    "ActivityTimeoutCandidates": ".activity_timeout_candidates",
    "ActivityTimeoutPassReport": ".activity_timeout_pass_report",
    "ActivityTimeoutPassRequest": ".activity_timeout_pass_request",
    "ActivityTimeoutResult": ".activity_timeout_result",
    "ActivityTimeoutType": ".activity_timeout_type",
    "ArchiveWorkflowRequest": ".archive_workflow_request",
    "AuthCheck": ".auth_check",
    "BackfillFire": ".backfill_fire",
    "BackfillScheduleRequest": ".backfill_schedule_request",
    "BackfillScheduleResponse": ".backfill_schedule_response",
    "BridgeDuplicatePolicy": ".bridge_duplicate_policy",
    "BuildIdDrainState": ".build_id_drain_state",
    "BuildIdList": ".build_id_list",
    "BuildIdRequest": ".build_id_request",
    "BuildIdRollout": ".build_id_rollout",
    "CacheCheck": ".cache_check",
    "CancelWorkflowRequest": ".cancel_workflow_request",
    "CommandReceipt": ".command_receipt",
    "CommandRefusal": ".command_refusal",
    "CompleteActivityTaskRequest": ".complete_activity_task_request",
    "CompleteQueryTaskRequest": ".complete_query_task_request",
    "CompleteWorkflowTaskRequest": ".complete_workflow_task_request",
    "ControlPlaneError": ".control_plane_error",
    "CreateNamespaceRequest": ".create_namespace_request",
    "CreateScheduleRequest": ".create_schedule_request",
    "CreateSearchAttributeRequest": ".create_search_attribute_request",
    "CreatedNamespace": ".created_namespace",
    "CreatedSearchAttribute": ".created_search_attribute",
    "DatabaseCheck": ".database_check",
    "DefaultNamespaceCheck": ".default_namespace_check",
    "DeletedSearchAttribute": ".deleted_search_attribute",
    "DeletedWorker": ".deleted_worker",
    "DuplicatePolicy": ".duplicate_policy",
    "ExternalStorageConfig": ".external_storage_config",
    "ExternalStorageConfigView": ".external_storage_config_view",
    "ExternalStorageView": ".external_storage_view",
    "FailActivityTaskRequest": ".fail_activity_task_request",
    "FailQueryTaskRequest": ".fail_query_task_request",
    "FailWorkflowTaskRequest": ".fail_workflow_task_request",
    "HealthChecks": ".health_checks",
    "HealthStatus": ".health_status",
    "ListSchedulesStatus": ".list_schedules_status",
    "MigrationsCheck": ".migrations_check",
    "NamespaceConflict": ".namespace_conflict",
    "NamespaceDescription": ".namespace_description",
    "NamespaceFacts": ".namespace_facts",
    "NamespaceList": ".namespace_list",
    "OldestReadyTask": ".oldest_ready_task",
    "OverlapPolicy": ".overlap_policy",
    "PayloadEnvelope": ".payload_envelope",
    "PollActivityTaskRequest": ".poll_activity_task_request",
    "PollQueryTaskRequest": ".poll_query_task_request",
    "PollWorkflowTaskRequest": ".poll_workflow_task_request",
    "PollerCounts": ".poller_counts",
    "QueryAdmission": ".query_admission",
    "QueryRefusal": ".query_refusal",
    "QueryTaskFailure": ".query_task_failure",
    "QueryWorkflowRequest": ".query_workflow_request",
    "QueryWorkflowResponse": ".query_workflow_response",
    "Readiness": ".readiness",
    "ReadinessChecks": ".readiness_checks",
    "RegisterWorkerRequest": ".register_worker_request",
    "RenewActivityTaskLeaseRequest": ".renew_activity_task_lease_request",
    "RepairFailure": ".repair_failure",
    "RepairPassReport": ".repair_pass_report",
    "RepairPassRequest": ".repair_pass_request",
    "RepairRunFailure": ".repair_run_failure",
    "RepairTaskFailure": ".repair_task_failure",
    "RepairWorkflowRequest": ".repair_workflow_request",
    "RetentionCandidates": ".retention_candidates",
    "RetentionPassReport": ".retention_pass_report",
    "RetentionPassRequest": ".retention_pass_request",
    "RetentionResult": ".retention_result",
    "ScheduleAction": ".schedule_action",
    "ScheduleActionPatch": ".schedule_action_patch",
    "ScheduleActionView": ".schedule_action_view",
    "ScheduleBufferedAction": ".schedule_buffered_action",
    "ScheduleCursor": ".schedule_cursor",
    "ScheduleDescription": ".schedule_description",
    "ScheduleInfo": ".schedule_info",
    "ScheduleInterval": ".schedule_interval",
    "ScheduleIntervalView": ".schedule_interval_view",
    "ScheduleList": ".schedule_list",
    "ScheduleListItem": ".schedule_list_item",
    "ScheduleNoteRequest": ".schedule_note_request",
    "ScheduleReceipt": ".schedule_receipt",
    "ScheduleRecentAction": ".schedule_recent_action",
    "ScheduleRefusal": ".schedule_refusal",
    "ScheduleSpec": ".schedule_spec",
    "ScheduleSpecView": ".schedule_spec_view",
    "ScheduleState": ".schedule_state",
    "SearchAttributeList": ".search_attribute_list",
    "SearchAttributeRefusal": ".search_attribute_refusal",
    "SearchAttributeType": ".search_attribute_type",
    "ServerFault": ".server_fault",
    "SetExternalStorageRequest": ".set_external_storage_request",
    "SignalWorkflowEvent": ".signal_workflow_event",
    "SignalWorkflowRequest": ".signal_workflow_request",
    "SignalWorkflowResponse": ".signal_workflow_response",
    "SignalWorkflowTarget": ".signal_workflow_target",
    "StartWorkflowConflict": ".start_workflow_conflict",
    "StartWorkflowEvent": ".start_workflow_event",
    "StartWorkflowRequest": ".start_workflow_request",
    "StartWorkflowResponse": ".start_workflow_response",
    "StartWorkflowTarget": ".start_workflow_target",
    "StorageDriver": ".storage_driver",
    "StoragePayloadReport": ".storage_payload_report",
    "StorageTestRefusal": ".storage_test_refusal",
    "StorageTestReport": ".storage_test_report",
    "TaskAdmission": ".task_admission",
    "TaskCounts": ".task_counts",
    "TaskQueueAdmission": ".task_queue_admission",
    "TaskQueueDescription": ".task_queue_description",
    "TaskQueueLease": ".task_queue_lease",
    "TaskQueueList": ".task_queue_list",
    "TaskQueueListItem": ".task_queue_list_item",
    "TaskQueuePoller": ".task_queue_poller",
    "TaskQueueRepair": ".task_queue_repair",
    "TaskQueueRepairPolicy": ".task_queue_repair_policy",
    "TaskQueueState": ".task_queue_state",
    "TaskQueueStats": ".task_queue_stats",
    "TaskRepairCandidates": ".task_repair_candidates",
    "TaskRepairPolicy": ".task_repair_policy",
    "TaskRepairScope": ".task_repair_scope",
    "TaskRepairView": ".task_repair_view",
    "TerminateWorkflowRequest": ".terminate_workflow_request",
    "TestStorageRequest": ".test_storage_request",
    "TriggerScheduleFault": ".trigger_schedule_fault",
    "TriggerScheduleRequest": ".trigger_schedule_request",
    "TriggerScheduleResponse": ".trigger_schedule_response",
    "UpdateNamespaceRequest": ".update_namespace_request",
    "UpdateScheduleRequest": ".update_schedule_request",
    "UpdateWaitFor": ".update_wait_for",
    "UpdateWorkflowEvent": ".update_workflow_event",
    "UpdateWorkflowRequest": ".update_workflow_request",
    "UpdateWorkflowResponse": ".update_workflow_response",
    "UpdateWorkflowTarget": ".update_workflow_target",
    "UpdatedNamespace": ".updated_namespace",
    "WebhookOutcome": ".webhook_outcome",
    "WebhookRefusal": ".webhook_refusal",
    "WebhookTargetView": ".webhook_target_view",
    "WorkerDescription": ".worker_description",
    "WorkerDetails": ".worker_details",
    "WorkerHeartbeatRequest": ".worker_heartbeat_request",
    "WorkerList": ".worker_list",
    "WorkerRuntime": ".worker_runtime",
    "WorkerStatusFilter": ".worker_status_filter",
    "WorkflowActions": ".workflow_actions",
    "WorkflowDescription": ".workflow_description",
    "WorkflowList": ".workflow_list",
    "WorkflowListItem": ".workflow_list_item",
    "WorkflowRunList": ".workflow_run_list",
    "WorkflowRunListItem": ".workflow_run_list_item",
    "WorkflowStatusFilter": ".workflow_status_filter",
    "WorkflowTaskFailure": ".workflow_task_failure",
    "WorkflowTaskHeartbeatRequest": ".workflow_task_heartbeat_request",
    "WorkflowTaskHistoryRequest": ".workflow_task_history_request",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
