import type { Answer } from './answer.ts';
import { errorObject } from './errors.ts';

/** What stands at the head of every chunk and of a whole body. */
export interface Head {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  /** The dated name of the model that really answered. */
  readonly model: string;
  readonly provider: string;
}

/** The body of a response that is not streamed. */
export function completionBody(
  head: Head,
  answer: Answer,
  usage: unknown,
): Readonly<Record<string, unknown>> {
  const failed = answer.finishReason === 'error';
  return {
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    provider: head.provider,
    system_fingerprint: null,
    service_tier: 'default',
    choices: [
      {
        index: 0,
        logprobs: null,
        finish_reason: answer.finishReason,
        native_finish_reason: answer.nativeFinishReason,
        message: messageOf(answer),
        ...(failed ? { error: disconnected } : {}),
      },
    ],
    usage,
  };
}

/** The error of a run that failed after it had begun. */
export const disconnected: unknown = errorObject(502, 'Provider disconnected', {
  metadata: { error_type: 'provider_unavailable', provider_code: 'upstream_reset' },
});

function messageOf(answer: Answer): Readonly<Record<string, unknown>> {
  const shown = answer.reasoning !== '' && !answer.hidesReasoning;
  return {
    role: 'assistant',
    content: answer.calls.length > 0 && answer.content === '' ? null : answer.content,
    refusal: null,
    reasoning: shown ? answer.reasoning : null,
    ...(shown ? { reasoning_details: reasoningDetails(answer) } : {}),
    ...(answer.calls.length > 0 ? { tool_calls: answer.calls.map(toolCallOf) } : {}),
    ...(answer.annotations.length > 0 ? { annotations: answer.annotations } : {}),
    ...(answer.images.length > 0 ? { images: answer.images } : {}),
  };
}

function toolCallOf(call: Answer['calls'][number], index: number): unknown {
  const { id, name } = call;
  return { index, id, type: 'function', function: { name, arguments: call.arguments } };
}

/** The thought as a client has to send it back: whole, in order, with its signature. */
export function reasoningDetails(answer: Answer): readonly unknown[] {
  const { reasoning, thoughtForm, thoughtFormat: format } = answer;
  switch (thoughtForm) {
    case 'encrypted':
      return [
        { type: 'reasoning.summary', summary: reasoning, format, index: 0, id: null },
        {
          type: 'reasoning.encrypted',
          data: encryptedThought(reasoning),
          format,
          index: 1,
          id: 'rs_simulated',
        },
      ];
    case 'signature':
      return [
        {
          type: 'reasoning.text',
          text: reasoning,
          signature: signatureOf(reasoning),
          format,
          index: 0,
          id: null,
        },
      ];
    case 'text':
      return [{ type: 'reasoning.text', text: reasoning, format, index: 0 }];
    default:
      return thoughtForm satisfies never;
  }
}

/** Stands for a provider's signature: it depends on the thought, so that an altered thought is noticed. */
export function signatureOf(reasoning: string): string {
  return `simulated-signature-${Buffer.from(reasoning).toString('base64url').slice(0, 24)}`;
}

/** Stands for a thought that only the provider can read. */
export function encryptedThought(reasoning: string): string {
  return Buffer.from(`encrypted:${reasoning}`).toString('base64');
}
