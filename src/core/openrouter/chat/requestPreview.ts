import type { ChatRequest } from '../../conversation/generation/chatModel.ts';
import { objectIn, type JsonObject } from '../../util/json.ts';
import type { Server } from '../transport/server.ts';
import { toHttpRequest, type HttpRequest } from './httpRequest.ts';

/** Replaces the key: the environment variable that Switchboard also reads. */
export const keyPlaceholder = '$OPENROUTER_API_KEY';

/** Shows requests as they are sent, and not the key. */
export class OpenRouterPreview {
  readonly #server: Server;
  /** The variable of the environment from which a command for a shell takes the key. */
  readonly keyVariable = keyPlaceholder.slice(1);

  constructor(server: Server) {
    this.#server = server;
  }

  /** A request for the eye, with notes on what is not sent. */
  async preview(request: ChatRequest, notes: readonly string[]): Promise<string> {
    return toPreview(await this.#prepare(request), notes);
  }

  /** Requests as OpenRouter sent them to providers. */
  echo(bodies: readonly JsonObject[]): string {
    return JSON.stringify(JSON.parse(JSON.stringify(bodies), elideData), null, 2);
  }

  /** A request as a command for a shell. */
  async curl(request: ChatRequest): Promise<string> {
    return toCurl(await this.#prepare(request));
  }

  /** The same function builds what is sent; only the key is missing. */
  async #prepare(request: ChatRequest): Promise<HttpRequest> {
    const kind = this.#server.identity?.kindOf(this.#server.baseUrl()) ?? 'openrouter';
    const keyless = kind === 'other' && (await this.#server.apiKey()) === undefined;
    return toHttpRequest(request, this.#server, { kind, apiKey: keyless ? undefined : keyPlaceholder });
  }
}

/** A readable request: complete JSON, except for the data of images, documents, and audio. */
export function toPreview(request: HttpRequest, notes: readonly string[] = []): string {
  const { method, url, headers } = request;
  const body: unknown = JSON.parse(request.body, elideData);
  return JSON.stringify({ method, url, headers, body, ...(notes.length > 0 && { notSent: notes }) }, null, 2);
}

/** Called for each value of the body, innermost first. */
function elideData(name: string, value: unknown): unknown {
  const audio = name === 'input_audio' ? objectIn(value) : undefined;
  if (audio && typeof audio['data'] === 'string') {
    return { ...audio, data: elided(audio['data']) };
  }
  if ((name === 'url' || name === 'file_data') && typeof value === 'string') {
    const data = /^(data:[^,]*;base64,)(.*)$/s.exec(value);
    return data ? (data[1] ?? '') + elided(data[2] ?? '') : value;
  }
  return value;
}

function elided(data: string): string {
  return `… (${data.length.toLocaleString('en-US')} characters of base64)`;
}

/** Linux can't pass longer arguments to a program. */
const maxArgumentLength = 100_000;

/** The same request as a shell command, which takes the key from the environment. */
export function toCurl({ method, url, headers, body }: HttpRequest): string {
  const lines = [
    `curl --no-buffer --request ${method} ${posixQuoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${quotedHeader(name, value)}`),
  ];
  // The shell's built-in `printf` takes text of any length; a program doesn't.
  return body.length <= maxArgumentLength
    ? [...lines, `--data-raw ${posixQuoted(body)}`].join(' \\\n  ')
    : `printf '%s' ${posixQuoted(body)} |\n  ${[...lines, '--data-binary @-'].join(' \\\n  ')}`;
}

/** A word for a POSIX shell: inside single quotes only the quote itself needs escaping. */
export function posixQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The shell must expand the variable, so its header is in double quotes. */
function quotedHeader(name: string, value: string): string {
  return value === `Bearer ${keyPlaceholder}` ? `"${name}: ${value}"` : posixQuoted(`${name}: ${value}`);
}
