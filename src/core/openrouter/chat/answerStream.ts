import type { Usage } from '../../conversation/message.ts';
import { objectIn, parseJson } from '../../util/json.ts';
import { jsonValuesIn } from '../transport/looseJson.ts';
import { errorFromResponse } from '../transport/errors.ts';
import { readUsage } from '../transport/usage.ts';

/** What comes back for a question, as an event stream whatever it is. */
export class AnswerStream {
  #refusedUsage: Usage | undefined;

  /** What a refusal says that it took, which may have been paid for. */
  get refusedUsage(): Usage | undefined {
    return this.#refusedUsage;
  }

  /** The stream to read. A server that does not stream sends the answer in one piece. Throws `RequestError` for a refusal. */
  async of(response: Response): Promise<Response> {
    const { ok, status, headers } = response;
    if (ok && /text\/event-stream/i.test(headers.get('Content-Type') ?? '')) {
      return response;
    }
    const { start, whole } = ok ? await peeked(response) : { start: '', whole: response };
    if (/^\s*(?:data|event|id|retry|):/.test(start)) {
      return whole;
    }
    const body = await whole.text();
    const chunks = chunksIn(body);
    if (!ok || !chunks.some((chunk) => objectIn(chunk)?.['choices'] !== undefined)) {
      this.#refusedUsage = readUsage(objectIn(chunks[0])?.['usage']);
      throw errorFromResponse(status, body, headers.get('Retry-After'), headers.get('X-RateLimit-Reset'));
    }
    const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
    return new Response(`${events.join('')}${chunks.length === 1 ? 'data: [DONE]\n\n' : ''}`, { headers });
  }
}

/** The answer, or, line by line, the chunks of a server that streams without events. */
function chunksIn(body: string): readonly unknown[] {
  const answer = parseJson(body);
  return answer === undefined ? (jsonValuesIn(body) ?? []) : [answer];
}

/** How a body begins, and a response that still has all of it: some servers call an event stream something else. */
async function peeked(response: Response): Promise<{ readonly start: string; readonly whole: Response }> {
  const reader = response.body?.getReader();
  if (!reader) {
    return { start: '', whole: response };
  }
  const [decoder, pieces] = [new TextDecoder(), new Array<Uint8Array>()];
  let start = '';
  while (start.trimStart().length < 'retry:'.length) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    pieces.push(value);
    start += decoder.decode(value, { stream: true });
  }
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await (pieces.length > 0
          ? { done: false, value: pieces.shift() }
          : reader.read());
        if (done || value === undefined) {
          controller.close();
        } else {
          controller.enqueue(value);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { start, whole: new Response(body, response) };
}
