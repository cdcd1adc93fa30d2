import type { Usage } from '../../conversation/message.ts';
import { objectIn, parseJson } from '../../util/json.ts';
import { errorFromResponse } from '../transport/errors.ts';
import { readUsage } from '../transport/usage.ts';

/** Longer than an end marker and whatever may follow it, in bytes. */
const tailLength = 256;

/** What comes back for a question, as an event stream whatever it is, and whether the server called it complete. */
export class AnswerStream {
  /** A non-streamed answer needs no end marker. */
  #whole = false;
  #refusedUsage: Usage | undefined;
  /** The last bytes of the stream, after the beginning of a line. */
  #tail: Uint8Array = new TextEncoder().encode('\n');

  /** Whether the stream said that it is complete, on a line of its own rather than within an answer. */
  get complete(): boolean {
    return this.#whole || /[\r\n]data: ?\[DONE\]/.test(new TextDecoder('latin1').decode(this.#tail));
  }

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
    const body = await response.text();
    const answer = parseJson(body);
    if (!ok || objectIn(answer)?.['choices'] === undefined) {
      this.#refusedUsage = readUsage(objectIn(answer)?.['usage']);
      throw errorFromResponse(status, body, headers.get('Retry-After'), headers.get('X-RateLimit-Reset'));
    }
    this.#whole = true;
    return new Response(`data: ${JSON.stringify(answer)}\n\ndata: [DONE]\n\n`, { headers });
  }

  /** Keeps the last bytes: the end mark may come in any number of writes. */
  readonly saw = (bytes: Uint8Array): void => {
    if (bytes.length >= tailLength) {
      this.#tail = bytes.slice(-tailLength);
      return;
    }
    const kept = this.#tail.subarray(-(tailLength - bytes.length));
    const tail = new Uint8Array(kept.length + bytes.length);
    tail.set(kept);
    tail.set(bytes, kept.length);
    this.#tail = tail;
  };
}
