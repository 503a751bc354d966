import type { components } from "../generated/durable-workflow.js";

export type PayloadEnvelope = components["schemas"]["PayloadEnvelope"];

/** The value as an `avro` payload: byte 0, an Avro string with its JSON text, the version 1. */
export function encode(value: unknown): PayloadEnvelope {
  const text = Buffer.from(JSON.stringify(value ?? null));
  const length: number[] = [];
  let rest = text.length * 2; // zig-zag, as all Avro integers
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) length.push((rest & 0x7f) | 0x80);
  const frame = Buffer.concat([Buffer.from([0, ...length, rest]), text, Buffer.from([2])]);
  return { codec: "avro", blob: frame.toString("base64") };
}

/** The value of a payload; none at all is null. */
export function decode(payload: PayloadEnvelope | null | undefined): unknown {
  if (!payload) return null;
  const frame = Buffer.from(payload.blob, "base64");
  if (payload.codec !== "avro" || frame[0] !== 0) throw new Error(`cannot read a ${payload.codec} payload of this framing`);
  let [at, length, unit] = [1, 0, 1];
  for (let more = true; more; at += 1, unit *= 128) {
    const byte = frame[at] ?? 0;
    length += (byte & 0x7f) * unit;
    more = byte > 0x7f;
  }
  return JSON.parse(frame.toString("utf8", at, at + length / 2));
}
