import { verbatim } from '../../context/clean.ts';
import type { RequestSettings } from '../../model/requestSettings.ts';
import type { ServerKind } from '../../model/server.ts';
import type { Server } from '../transport/server.ts';
import { oneLiteral, pythonLiteral, typeScriptLiteral } from './codeLiteral.ts';
import { toChatBody } from './request.ts';
import { keyPlaceholder, posixQuoted } from './requestPreview.ts';

/** The forms in which code that asks a model is written. */
export const clientForms = [
  'typescriptSdk',
  'typescriptFetch',
  'pythonSdk',
  'pythonLibrary',
  'curl',
] as const;

export type ClientForm = (typeof clientForms)[number];

/** What the code asks, and whom. */
export interface ClientTarget {
  readonly settings: RequestSettings;
  readonly baseUrl: string;
  readonly kind: ServerKind;
  /** The server wants no key. */
  readonly isKeyless?: boolean;
  /** Those that a gateway wants. */
  readonly headers?: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** What a program is written from. */
interface Parts {
  readonly baseUrl: string;
  /** The variable of the environment with the key; absent if none is wanted. */
  readonly keyVariable: string | undefined;
  readonly headers: readonly Header[];
  /** The fields that OpenAI's packages know, and those that only OpenRouter does. */
  readonly known: Fields;
  readonly own: Fields;
}

/** A header with a value or, where its name says that it is secret, the variable with it. */
type Header = readonly [name: string, value: { readonly text: string } | { readonly variable: string }];

/** What the types of OpenAI's packages take as we send it. */
const knownFields = new Set([
  ...['model', 'messages', 'max_tokens', 'temperature', 'top_p', 'presence_penalty', 'frequency_penalty'],
  ...['seed', 'stop', 'logit_bias'],
]);

/** What belongs to a chat of ours and not to another program. */
const chatFields = new Set(['messages', 'stream', 'stream_options', 'session_id']);

/** Writes such programs for the server of the settings. */
export class OpenRouterClientCode {
  readonly forms = clientForms;
  readonly keyVariable = keyPlaceholder.slice(1);
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** A program that asks with these settings. */
  async code(form: ClientForm, settings: RequestSettings): Promise<string> {
    const baseUrl = this.#server.baseUrl();
    const kind = this.#server.identity?.kindOf(baseUrl) ?? 'openrouter';
    const isKeyless = kind === 'other' && (await this.#server.apiKey()) === undefined;
    const headers = this.#server.extraHeaders?.() ?? {};
    return clientCode(form, { settings, baseUrl, kind, isKeyless, headers });
  }
}

/** A program that asks the model as a chat with these settings would. It reads the key from the environment. */
export function clientCode(form: ClientForm, target: ClientTarget): string {
  const parts = partsOf(target);
  switch (form) {
    case 'typescriptSdk':
      return typeScriptSdk(parts);
    case 'typescriptFetch':
      return typeScriptFetch(parts);
    case 'pythonSdk':
      return pythonSdk(parts);
    case 'pythonLibrary':
      return pythonLibrary(parts);
    case 'curl':
      return curl(parts);
    default:
      return form satisfies never;
  }
}

function partsOf({ settings, baseUrl, kind, isKeyless, headers = {} }: ClientTarget): Parts {
  const body = toChatBody({ ...settings, system: verbatim``, messages: [] }, kind);
  const { model, ...others } = body;
  const question = [{ role: 'user', content: 'Say hello in one sentence.' }];
  const rest = Object.entries(others).filter(([name]) => !chatFields.has(name));
  const all = Object.entries({ model, messages: question, ...Object.fromEntries(rest) });
  const cached = kind === 'openrouter' && settings.responseCache === true && { 'X-OpenRouter-Cache': 'true' };
  return {
    baseUrl,
    keyVariable: isKeyless === true ? undefined : keyPlaceholder.slice(1),
    headers: Object.entries({ ...headers, ...cached }).map(([name, text]) => [name, headerValue(name, text)]),
    known: Object.fromEntries(all.filter(([name]) => knownFields.has(name))),
    own: Object.fromEntries(all.filter(([name]) => !knownFields.has(name))),
  };
}

function headerValue(name: string, text: string): Header[1] {
  return /key|token|secret|auth|cookie|passw/i.test(name)
    ? { variable: name.toUpperCase().replace(/[^A-Z0-9]+/g, '_') }
    : { text };
}

function typeScriptSdk({ baseUrl, keyVariable, headers, known, own }: Parts): string {
  const hasOwn = Object.keys(own).length > 0;
  return lines(
    'import OpenAI from "openai";',
    '',
    'const client = new OpenAI({',
    `  baseURL: ${JSON.stringify(baseUrl)},`,
    `  apiKey: ${keyVariable === undefined ? '"none"' : environment(keyVariable)},`,
    ...(headers.length > 0 ? [`  defaultHeaders: ${typeScriptHeaders(headers, '  ')},`] : []),
    '});',
    '',
    ...(hasOwn
      ? [
          "// OpenRouter's own fields, which the types of the package don't have.",
          `const openRouter: object = ${typeScriptLiteral(own)};`,
          '',
        ]
      : []),
    `const completion = await client.chat.completions.create(${typeScriptLiteral(known, '', hasOwn ? ['...openRouter'] : [])});`,
    'console.log(completion.choices[0]?.message.content);',
  );
}

function typeScriptFetch({ baseUrl, keyVariable, headers, known, own }: Parts): string {
  const all: readonly Header[] = [['Content-Type', { text: 'application/json' }], ...headers];
  const key = keyVariable === undefined ? [] : [`Authorization: \`Bearer \${${environment(keyVariable)}}\``];
  return lines(
    `const response = await fetch(${JSON.stringify(addressOf(baseUrl))}, {`,
    '  method: "POST",',
    `  headers: ${typeScriptHeaders(all, '  ', key)},`,
    `  body: JSON.stringify(${typeScriptLiteral({ ...known, ...own }, '  ')}),`,
    '});',
    'if (!response.ok) {',
    '  throw new Error(`${response.status}: ${await response.text()}`);',
    '}',
    'const completion = (await response.json()) as { choices: { message: { content: string | null } }[] };',
    'console.log(completion.choices[0]?.message.content);',
  );
}

function pythonSdk({ baseUrl, keyVariable, headers, known, own }: Parts): string {
  const hasOwn = Object.keys(own).length > 0;
  const { model, messages, ...sampling } = known;
  const fields = Object.entries({ model, messages, ...sampling });
  return lines(
    ...(keyVariable === undefined && headers.every(([, value]) => 'text' in value) ? [] : ['import os', '']),
    'from openai import OpenAI',
    '',
    'client = OpenAI(',
    `    base_url=${JSON.stringify(baseUrl)},`,
    `    api_key=${keyVariable === undefined ? '"none"' : pythonEnvironment(keyVariable)},`,
    ...(headers.length > 0 ? [`    default_headers=${pythonHeaders(headers, '    ')},`] : []),
    ')',
    '',
    'completion = client.chat.completions.create(',
    ...fields.map(([name, value]) => `    ${name}=${pythonLiteral(value, '    ')},`),
    ...(hasOwn
      ? [
          "    # OpenRouter's own fields, which the package doesn't have.",
          `    extra_body=${pythonLiteral(own, '    ')},`,
        ]
      : []),
    ')',
    'print(completion.choices[0].message.content)',
  );
}

function pythonLibrary({ baseUrl, keyVariable, headers, known, own }: Parts): string {
  const all: readonly Header[] = [['Content-Type', { text: 'application/json' }], ...headers];
  const key =
    keyVariable === undefined ? [] : [`"Authorization": "Bearer " + ${pythonEnvironment(keyVariable)}`];
  return lines(
    'import json',
    'import os',
    'import urllib.request',
    '',
    'request = urllib.request.Request(',
    `    ${JSON.stringify(addressOf(baseUrl))},`,
    `    headers=${pythonHeaders(all, '    ', key)},`,
    `    data=json.dumps(${pythonLiteral({ ...known, ...own }, '    ')}).encode(),`,
    ')',
    'with urllib.request.urlopen(request) as response:',
    '    completion = json.load(response)',
    'print(completion["choices"][0]["message"]["content"])',
  );
}

function curl({ baseUrl, keyVariable, headers, known, own }: Parts): string {
  const all: readonly Header[] = [['Content-Type', { text: 'application/json' }], ...headers];
  // The shell must expand a variable, so its header is in double quotes.
  const written = all.map(([name, value]) =>
    'text' in value ? posixQuoted(`${name}: ${value.text}`) : `"${name}: $${value.variable}"`,
  );
  const key = keyVariable === undefined ? [] : [`"Authorization: Bearer $${keyVariable}"`];
  return lines(
    [
      `curl ${posixQuoted(addressOf(baseUrl))}`,
      ...[...written, ...key].map((header) => `--header ${header}`),
      `--data-raw ${posixQuoted(JSON.stringify({ ...known, ...own }, null, 2))}`,
    ].join(' \\\n  '),
  );
}

function addressOf(baseUrl: string): string {
  return `${baseUrl}/chat/completions`;
}

/** In brackets, because strict projects take no dot for what may be missing. */
function environment(variable: string): string {
  return `process.env[${JSON.stringify(variable)}]`;
}

function pythonEnvironment(variable: string): string {
  return `os.environ[${JSON.stringify(variable)}]`;
}

function typeScriptHeaders(headers: readonly Header[], indent: string, more: readonly string[] = []): string {
  const entries = headers.map(([name, value]) => {
    const key = oneLiteral(name);
    return `${key}: ${'text' in value ? JSON.stringify(value.text) : `${environment(value.variable)} ?? ""`}`;
  });
  return block([...entries, ...more], indent, '  ');
}

function pythonHeaders(headers: readonly Header[], indent: string, more: readonly string[] = []): string {
  const entries = headers.map(
    ([name, value]) =>
      `${JSON.stringify(name)}: ${'text' in value ? JSON.stringify(value.text) : pythonEnvironment(value.variable)}`,
  );
  return block([...entries, ...more], indent, '    ');
}

function block(entries: readonly string[], indent: string, step: string): string {
  return `{\n${entries.map((each) => `${indent}${step}${each},\n`).join('')}${indent}}`;
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
