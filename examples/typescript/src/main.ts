import createClient from "openapi-fetch";
import type { paths } from "../generated/durable-workflow.js";
import { decode, encode } from "./codec.js";
import { ActivityWorker, type Activity } from "./worker.js";

const [url = "http://127.0.0.1:8080", workflowId = "greeting-from-typescript", name = "Ada"] = process.argv.slice(2);
const token = process.env["DURABLE_WORKFLOW_TOKEN"];
const header = { "X-Durable-Workflow-Control-Plane-Version": "2" };

const client = createClient<paths>({
  baseUrl: url,
  headers: token ? { Authorization: `Bearer ${token}` } : {},
});

async function start(): Promise<void> {
  const { error } = await client.POST("/api/workflows", {
    params: { header },
    body: {
      workflow_id: workflowId,
      workflow_type: "greeter",
      task_queue: "greetings",
      input: encode([name]),
    },
  });
  if (error) throw new Error(`the start was refused: ${JSON.stringify(error)}`);
}

/** Waits for the end: the server holds the answer where it can, and else this asks once a second. */
async function result(): Promise<unknown> {
  for (;;) {
    const { data, error } = await client.GET("/api/workflows/{workflowId}", {
      params: { header, path: { workflowId }, query: { wait_closed_seconds: 30 } },
    });
    if (error) throw new Error(`the workflow cannot be read: ${JSON.stringify(error)}`);
    if (data.status === "completed") return decode(data.output_envelope);
    if (data.is_terminal) throw new Error(`the workflow ended as ${data.status}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

function greet(who: unknown): string {
  if (who === "nobody") throw new RangeError("there is nobody to greet");
  return `Hello, ${who}, from TypeScript!`;
}

const activities = new Map<string, Activity>([["greet", greet]]);
const stop = new AbortController();
const worker = new ActivityWorker(client, "typescript", activities).run(stop.signal);
try {
  await start();
  console.log(JSON.stringify(await Promise.race([result(), worker])));
} finally {
  stop.abort();
  await worker;
}
