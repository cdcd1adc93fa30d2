import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import { zodReply } from './errorCases.ts';
import { errorReply } from './errors.ts';
import type { HttpReply } from './exchange.ts';
import { isObject, parseJson, textOf } from './json.ts';
import { keyFrom } from './keys.ts';

interface Issued {
  readonly challenge: string | undefined;
  readonly method: string;
  readonly label: string | undefined;
  readonly limit: number | undefined;
  readonly issuedAt: number;
}

/** What the exchange of a code came to. */
export type Exchanged =
  | {
      readonly ok: true;
      readonly key: string;
      readonly label: string | undefined;
      readonly limit: number | undefined;
    }
  | { readonly ok: false; readonly reply: HttpReply };

const lifetimeMs = 10 * 60 * 1000;

/** The codes of the authorisation page: each is good once and for ten minutes. */
export class AuthorizationCodes {
  readonly #clock: Clock;
  readonly #issued = new Map<string, Issued>();
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Forgets every code. */
  reset(): void {
    this.#issued.clear();
  }

  /** The answer of `GET /auth`: back to the application with a code, or the code to copy when there is nowhere to go. */
  page(url: URL): HttpReply {
    const query = url.searchParams;
    const challenge = query.get('code_challenge') ?? undefined;
    const method = query.get('code_challenge_method') ?? 'plain';
    const callback = query.get('callback_url');
    if (method !== 'S256' && method !== 'plain')
      return refusalPage('code_challenge_method must be S256 or plain');
    if (method === 'S256' && challenge !== undefined && !/^[\w-]{43}$/.test(challenge)) {
      return refusalPage('code_challenge must be the base64url form of a SHA-256 digest');
    }
    if (callback === null && challenge === undefined)
      return refusalPage('Without callback_url a code_challenge is required');
    const target = callback === null ? undefined : callbackOf(callback);
    if (callback !== null && !target) return refusalPage('callback_url must use https, or http on localhost');
    const limit = query.get('limit');
    const code = this.#issue({
      challenge,
      method,
      label: query.get('key_label') ?? undefined,
      limit: limit === null ? undefined : Number(limit),
    });
    if (!target) return codePage(code);
    target.searchParams.set('code', code);
    return { status: 302, body: '', headers: { Location: target.href } };
  }

  /** Exchanges a code for a key. The body is the text of the request, because this route judges it by itself. */
  redeem(body: string): Exchanged {
    const parsed = parseJson(body);
    if (!parsed)
      return refused({ status: 400, body: 'Malformed JSON in request body', contentType: 'text/plain' });
    const members = isObject(parsed.value) ? parsed.value : {};
    const code = textOf(members.code);
    if (code === undefined) {
      const issue = {
        code: 'invalid_type',
        expected: 'string',
        received: 'undefined',
        path: ['code'],
        message: 'Required',
      };
      return refused(zodReply([issue]));
    }
    const issued = this.#issued.get(code);
    if (!issued) return refused(errorReply(400, 'Invalid code'));
    const method = textOf(members.code_challenge_method);
    if (issued.challenge !== undefined && method !== undefined && method !== issued.method) {
      return refused(errorReply(400, 'code_challenge_method does not match'));
    }
    // Even a wrong verifier uses the code up, so that nobody can try verifiers one by one.
    this.#issued.delete(code);
    if (this.#clock.now() - issued.issuedAt > lifetimeMs) return refused(errorReply(403, 'Code expired'));
    if (!verifies(issued, textOf(members.code_verifier)))
      return refused(errorReply(403, 'Invalid code_verifier'));
    return { ok: true, key: keyFrom(`minted for ${code}`), label: issued.label, limit: issued.limit };
  }

  #issue(request: Omit<Issued, 'issuedAt'>): string {
    this.#count += 1;
    const code = `auth_code_simulated_${String(this.#count).padStart(4, '0')}`;
    this.#issued.set(code, { ...request, issuedAt: this.#clock.now() });
    return code;
  }
}

function verifies(issued: Issued, verifier: string | undefined): boolean {
  if (issued.challenge === undefined) return true;
  if (verifier === undefined) return false;
  const digest =
    issued.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return digest === issued.challenge;
}

/** https anywhere, http on this machine on any port, and an editor's own scheme. */
function callbackOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol === 'http:') return ['localhost', '127.0.0.1'].includes(url.hostname) ? url : undefined;
  return url.protocol === 'javascript:' || url.protocol === 'data:' ? undefined : url;
}

function codePage(code: string): HttpReply {
  const body = `<!DOCTYPE html><html lang="en"><head><title>Simulated OpenRouter</title></head><body><h1>Your code</h1><p>Copy it to the application. It is good once, for ten minutes.</p><p><code id="code">${code}</code></p></body></html>`;
  return { status: 200, body };
}

function refusalPage(reason: string): HttpReply {
  const body = `<!DOCTYPE html><html lang="en"><head><title>Simulated OpenRouter</title></head><body><h1>Cannot authorise</h1><p>${reason}</p></body></html>`;
  return { status: 400, body };
}

function refused(reply: HttpReply): Exchanged {
  return { ok: false, reply };
}
