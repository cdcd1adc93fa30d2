import assert from 'node:assert/strict';
import type { ChatRequest, ResponseEvent } from '../../src/core/conversation/generation/chatModel.ts';
import { RequestError } from '../../src/core/model/requestError.ts';
import { aQuestion, clean } from '../support/builders.ts';

/** What came of one request: the events, their text, and the failure if there was one. */
export interface CollectedResponse {
  readonly events: readonly ResponseEvent[];
  readonly text: string;
  readonly reasoning: string;
  readonly error?: RequestError;
}

/** A question to a model that every server of the tests knows. */
export function aRequest(text = 'Hello', facts: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: 'anthropic/claude-sonnet-4.6',
    system: clean('Be brief.'),
    messages: [aQuestion(text)],
    maxTokens: 500,
    ...facts,
  };
}

/** Listens to a stream up to its end, however it ends. */
export async function collect(stream: AsyncIterable<ResponseEvent>): Promise<CollectedResponse> {
  const events: ResponseEvent[] = [];
  const joined = (type: 'text' | 'reasoning'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  const heard = (): CollectedResponse => ({ events, text: joined('text'), reasoning: joined('reasoning') });
  try {
    for await (const event of stream) {
      events.push(event);
    }
    return heard();
  } catch (error) {
    assert.ok(error instanceof RequestError, String(error));
    return { ...heard(), error };
  }
}

/** How some work failed: the error of ours that it threw. */
export async function failureOf(work: Promise<unknown>): Promise<RequestError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof RequestError, String(error));
    return error;
  }
}
