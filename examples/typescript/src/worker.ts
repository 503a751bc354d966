import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "openapi-fetch";
import type { components, paths } from "../generated/durable-workflow.js";
import { decode, encode } from "./codec.js";

type ActivityTask = components["schemas"]["ActivityTask"];
export type Activity = (...args: unknown[]) => unknown;

const header = { "X-Durable-Workflow-Protocol-Version": "1.0" };

/** Executes the activities of one task queue, one at a time, until it is told to stop. */
export class ActivityWorker {
  private readonly workerId = `typescript-${randomUUID()}`;

  constructor(
    private readonly client: Client<paths>,
    private readonly taskQueue: string,
    private readonly activities: ReadonlyMap<string, Activity>,
  ) {}

  async run(stop: AbortSignal): Promise<void> {
    await this.register();
    while (!stop.aborted) {
      try {
        const task = await this.poll(stop);
        if (task) await this.execute(task);
      } catch (error) {
        if (stop.aborted) return;
        console.error("a call failed, the next poll comes in a second:", error);
        await sleep(1000); // a task that was lost here is handed out again when its lease is over
      }
    }
  }

  private async register(): Promise<void> {
    const { error } = await this.client.POST("/api/worker/register", {
      params: { header },
      body: {
        worker_id: this.workerId,
        task_queue: this.taskQueue,
        runtime: "typescript",
        supported_activity_types: [...this.activities.keys()],
      },
    });
    if (error) throw new Error(`the registration was refused: ${JSON.stringify(error)}`);
  }

  /** Waits for a task; the server answers without one when its time for polls is over. */
  private async poll(stop: AbortSignal): Promise<ActivityTask | null> {
    const { data, error, response } = await this.client.POST("/api/worker/activity-tasks/poll", {
      params: { header },
      body: { worker_id: this.workerId, task_queue: this.taskQueue },
      signal: stop,
    });
    if (data) return data.task;
    if (response.status !== 412) throw new Error(JSON.stringify(error));
    await this.register(); // the server has forgotten this worker
    return null;
  }

  private async execute(task: ActivityTask): Promise<void> {
    const lease = { activity_attempt_id: task.activity_attempt_id, lease_owner: task.lease_owner };
    const params = { header, path: { taskId: task.task_id } };
    let result;
    try {
      const activity = this.activities.get(task.activity_type);
      if (!activity) throw new Error(`no activity is named ${task.activity_type}`);
      result = encode(await activity(...(decode(task.arguments) as unknown[] ?? [])));
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const failure = { message: message || name, type: name, details: null };
      await this.client.POST("/api/worker/activity-tasks/{taskId}/fail", { params, body: { ...lease, failure } });
      return;
    }
    const { error } = await this.client.POST("/api/worker/activity-tasks/{taskId}/complete", {
      params,
      body: { ...lease, result },
    });
    if (error) console.error("the result was not taken:", JSON.stringify(error));
  }
}
