import { startSimulator, simulatorKey } from '../../simulator/simulator.ts';
import type { Simulator, SimulatorOptions } from '../../simulator/simulator.ts';
import { isObject, listOf, objectOf, textOf } from '../../simulator/json.ts';
import type { JsonObject } from '../../simulator/json.ts';

/** An answer as a test looks at it. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as an object; empty when it is none. */
  readonly json: JsonObject;
}

/** A client without any leniency of its own, so that a test sees what is on the wire. */
export interface Client {
  readonly simulator: Simulator;
  get(path: string, key?: string | null): Promise<Reply>;
  post(path: string, body: unknown, key?: string | null): Promise<Reply>;
  /** Asks the default model one thing. */
  ask(changes?: JsonObject, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** The same as a stream. */
  stream(changes?: JsonObject): Promise<Reply>;
}

/** Starts a simulator and a client for it. */
export async function startClient(options: SimulatorOptions = {}): Promise<Client> {
  const simulator = await startSimulator(options);
  const send = async (path: string, init: RequestInit, key: string | null): Promise<Reply> => {
    const headers = new Headers(init.headers);
    if (key !== null) headers.set('Authorization', `Bearer ${key}`);
    const response = await fetch(simulator.baseUrl + path, { redirect: 'manual', ...init, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  const post = (
    path: string,
    body: unknown,
    key: string | null = simulatorKey,
    headers = {},
  ): Promise<Reply> => {
    return send(path, { method: 'POST', body: JSON.stringify(body), headers }, key);
  };
  return {
    simulator,
    get: (path, key = simulatorKey) => send(path, {}, key),
    post,
    ask: (changes = {}, headers = {}) => post('/chat/completions', chatBody(changes), simulatorKey, headers),
    stream: (changes = {}) => post('/chat/completions', chatBody({ stream: true, ...changes })),
  };
}

/** A request that is answered unless the changes spoil it. */
export function chatBody(changes: JsonObject = {}): JsonObject {
  return {
    model: 'anthropic/claude-sonnet-4.6',
    max_tokens: 2000,
    messages: [{ role: 'user', content: 'What is this?' }],
    ...changes,
  };
}

/** The JSON of every data event, in order, without `[DONE]`. */
export function eventsOf(text: string): readonly JsonObject[] {
  return dataOf(text)
    .filter((data) => data !== '[DONE]')
    .map(parsed);
}

/** What stands after `data: ` in every event. */
export function dataOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));
}

/** The only choice of a chunk or body. */
export function choiceOf(json: JsonObject): JsonObject {
  return objectOf(listOf(json.choices)[0]);
}

/** The delta of a chunk. */
export function deltaOf(json: JsonObject): JsonObject {
  return objectOf(choiceOf(json).delta);
}

/** The texts of one member of all deltas, joined. */
export function joined(events: readonly JsonObject[], member: string): string {
  return events.map((event) => textOf(deltaOf(event)[member]) ?? '').join('');
}

/** The message of a body that was not streamed. */
export function messageOf(json: JsonObject): JsonObject {
  return objectOf(choiceOf(json).message);
}

/** The object inside the envelope of an error. */
export function errorOf(reply: Reply): JsonObject {
  return objectOf(reply.json.error);
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
