import type { Answer, ToolCall } from './answer.ts';
import type { Head } from './completion.ts';
import { disconnected, encryptedThought, signatureOf } from './completion.ts';
import { errorObject } from './errors.ts';
import type { ErrorShape } from './scenario.ts';
import { piecesOf } from './tokens.ts';

type Delta = Readonly<Record<string, unknown>>;

/** The chunk with one delta; `finish` is null until the answer ends. */
function chunk(head: Head, delta: Delta, finish: string | null = null, native = finish): Delta {
  return {
    id: head.id,
    object: 'chat.completion.chunk',
    created: head.created,
    model: head.model,
    provider: head.provider,
    choices: [
      {
        index: 0,
        delta: { content: '', role: 'assistant', ...delta },
        finish_reason: finish,
        native_finish_reason: native,
        logprobs: null,
      },
    ],
  };
}

/** The chunks of an answer up to its end, one for each piece. */
export function answerChunks(head: Head, answer: Answer): readonly Delta[] {
  const deltas = [
    ...(answer.hidesReasoning ? [] : reasoningDeltas(answer)),
    ...piecesOf(answer.content).map((content) => ({ content })),
    ...(answer.fragments ? fragmentDeltas(answer.calls) : wholeCallDeltas(answer.calls)),
    ...(answer.annotations.length > 0 ? [{ annotations: answer.annotations }] : []),
    ...(answer.images.length > 0 ? [{ images: answer.images }] : []),
  ];
  return deltas.map((delta) => chunk(head, delta));
}

/** The chunk that says why the answer ended. */
export function finishChunk(head: Head, answer: Answer): Delta {
  const failed = answer.finishReason === 'error' ? { error: disconnected } : {};
  return { ...chunk(head, { reasoning: null }, answer.finishReason, answer.nativeFinishReason), ...failed };
}

/** The chunk with the usage, in the recorded or in the documented form. */
export function usageChunk(
  head: Head,
  answer: Answer,
  usage: unknown,
  form: 'with-choice' | 'empty-choices',
): Delta {
  const last = chunk(head, {}, answer.finishReason, answer.nativeFinishReason);
  return { ...last, ...(form === 'empty-choices' ? { choices: [] } : {}), usage };
}

/** The first chunk of a request with `debug.echo_upstream_body`. */
export function debugChunk(head: Head, upstreamBody: unknown): Delta {
  return { ...chunk(head, {}), choices: [], debug: { echo_upstream_body: upstreamBody } };
}

/** An error in mid-stream, in one of the three forms that were seen. */
export function errorChunk(head: Head, shape: ErrorShape): unknown {
  switch (shape) {
    case 'chunk':
      return { ...chunk(head, {}, 'error'), error: disconnected };
    case 'string-code':
      return { ...chunk(head, {}, 'error'), error: errorObject('server_error', 'Internal Server Error') };
    case 'bare':
      return { error: errorObject(502, 'Upstream error from the provider') };
    default:
      return shape satisfies never;
  }
}

/** The thought, once as `reasoning` and once as `reasoning_details`, in the same chunk. */
function reasoningDeltas(answer: Answer): readonly Delta[] {
  if (answer.reasoning === '') return [];
  const { thoughtForm, thoughtFormat: format } = answer;
  const isSummary = thoughtForm === 'encrypted';
  const deltas: Delta[] = piecesOf(answer.reasoning).map((piece) => {
    const detail = isSummary
      ? { type: 'reasoning.summary', summary: piece }
      : { type: 'reasoning.text', text: piece };
    return { reasoning: piece, reasoning_details: [{ ...detail, format, index: 0 }] };
  });
  if (thoughtForm === 'signature') {
    const signature = signatureOf(answer.reasoning);
    deltas.push({
      reasoning: null,
      reasoning_details: [{ type: 'reasoning.text', signature, format, index: 0 }],
    });
  }
  if (isSummary) {
    const data = encryptedThought(answer.reasoning);
    const detail = { type: 'reasoning.encrypted', data, format, index: 1, id: 'rs_simulated' };
    deltas.push({ reasoning: null, reasoning_details: [detail] });
  }
  return deltas;
}

function wholeCallDeltas(calls: readonly ToolCall[]): readonly Delta[] {
  return calls.map((call, index) => {
    const { id, name } = call;
    return {
      content: null,
      tool_calls: [{ index, id, type: 'function', function: { name, arguments: call.arguments } }],
    };
  });
}

/** The heads of all calls, then the arguments in turns, a few characters at a time and without ids. */
function fragmentDeltas(calls: readonly ToolCall[]): readonly Delta[] {
  const heads = calls.map((call, index) => {
    const { id, name } = call;
    return {
      content: null,
      tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }],
    };
  });
  const fragments = calls.map((call) => call.arguments.match(/[^]{1,5}/gu) ?? []);
  const turns = Math.max(0, ...fragments.map((list) => list.length));
  const bodies = Array.from({ length: turns }, (_, turn) =>
    fragments.flatMap((list, index) => {
      const part = list[turn];
      return part === undefined ? [] : [{ tool_calls: [{ index, function: { arguments: part } }] }];
    }),
  );
  return [...heads, ...bodies.flat()];
}
