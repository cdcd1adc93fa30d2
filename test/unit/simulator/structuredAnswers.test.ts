import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMessageText } from '../../simulator/codeReading.ts';
import type { JsonObject } from '../../simulator/json.ts';
import { listOf, objectOf, textOf } from '../../simulator/json.ts';
import { instanceOf } from '../../simulator/schemaInstance.ts';
import { strictSchemaProblem } from '../../simulator/strictSchemaCheck.ts';
import type { Client } from './client.ts';
import { choiceOf, eventsOf, joined, messageOf, startClient } from './client.ts';

const text: JsonObject = { type: 'string' };
const integer: JsonObject = { type: 'integer' };

function closed(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function list(items: JsonObject): JsonObject {
  return { type: 'array', items };
}

const code = [
  'import { rates } from "./rates.ts";',
  'export function convert(amount: any, to: string) {',
  '  if (to == "EUR") return amount;',
  '  console.log(to);',
  '  return amount * rates[to];',
  '}',
].join('\n');
const message = `Selection of \`src/money.ts\`, lines 10-15:\n\n\`\`\`typescript\n${code}\n\`\`\`\n\nHelp with this.`;

const replacement = { anyOf: [closed({ search: text, replace: text }), { type: 'null' }] };
const severity = { type: 'string', enum: ['error', 'warning', 'info', 'hint'] };
const shapes = {
  snippet: closed({
    name: text,
    prefix: text,
    language: text,
    description: text,
    body: text,
    placeholders: list(closed({ name: text, default: text })),
  }),
  edits: closed({
    summary: text,
    edits: list(closed({ file: text, search: text, replace: text, startLine: integer, reason: text })),
  }),
  review: closed({
    summary: text,
    findings: list(
      closed({
        file: text,
        quote: text,
        startLine: integer,
        endLine: integer,
        severity,
        category: text,
        message: text,
        suggestion: replacement,
      }),
    ),
  }),
  tests: closed({
    framework: text,
    files: list(closed({ path: text, content: text })),
    cases: list(closed({ name: text, purpose: text })),
  }),
  names: closed({ names: list(closed({ name: text, reason: text })) }),
  commit: closed({ type: text, scope: text, subject: text, body: text, breaking: { type: 'boolean' } }),
  explanation: closed({
    summary: text,
    steps: list(closed({ quote: text, startLine: integer, explanation: text })),
    pitfalls: list(text),
  }),
};

/** Whether the value is what the schema says, as far as strict mode can say it. */
function satisfies(schema: JsonObject, value: unknown): boolean {
  if (Array.isArray(schema.anyOf)) return schema.anyOf.some((variant) => satisfies(objectOf(variant), value));
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  switch (schema.type) {
    case 'object': {
      const properties = objectOf(schema.properties);
      const sameKeys = Object.keys(properties).join() === Object.keys(objectOf(value)).join();
      return (
        sameKeys &&
        Object.entries(properties).every(([name, property]) =>
          satisfies(objectOf(property), objectOf(value)[name]),
        )
      );
    }
    case 'array':
      return Array.isArray(value) && value.every((item) => satisfies(objectOf(schema.items), item));
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === schema.type;
  }
}

const strictSchema = fc.letrec<{ node: JsonObject; root: JsonObject }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<JsonObject>(
      text,
      integer,
      { type: 'boolean' },
      { type: 'number' },
      { type: 'null' },
      severity,
    ),
    tie('node').map(list),
    tie('node').map((variant): JsonObject => ({ anyOf: [variant, { type: 'null' }] })),
    tie('root'),
  ),
  root: fc
    .dictionary(fc.constantFrom('edits', 'names', 'body', 'line', 'path', 'quote', 'x'), tie('node'), {
      maxKeys: 4,
    })
    .map((properties) => closed({ ...properties })),
})).root;

describe('structured answers', () => {
  const reading = readMessageText(message);

  for (const [name, schema] of Object.entries(shapes)) {
    it(`are instances of the ${name} schema, which strict mode accepts`, () => {
      assert.equal(strictSchemaProblem(schema, name), undefined);
      const value = instanceOf(schema, reading);
      assert.ok(satisfies(schema, value), JSON.stringify(value));
      assert.ok(satisfies(schema, instanceOf(schema, readMessageText('No code here'))));
    });
  }

  it('are instances of any strict schema', () => {
    fc.assert(
      fc.property(strictSchema, (schema) => satisfies(schema, instanceOf(schema, reading))),
      { numRuns: 200 },
    );
  });

  it("write placeholders into a snippet's body and name the selection", () => {
    const snippet = objectOf(instanceOf(shapes.snippet, reading));
    assert.equal(snippet.language, 'typescript');
    const placeholders = listOf(snippet.placeholders).map(objectOf);
    assert.equal(placeholders[0]?.default, 'convert');
    for (const { name } of placeholders) assert.ok(String(snippet.body).includes(`{{${String(name)}}}`));
    assert.ok(String(snippet.body).includes('${'), 'text that must be escaped');
    const marked = [...String(snippet.body).matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]);
    assert.deepEqual(new Set(marked), new Set(placeholders.map(({ name }) => name)));
  });

  it('are other snippets where the message has the first one', () => {
    for (const language of ['typescript', 'javascript', 'python', 'go', 'shellscript']) {
      const asked = `Language: ${language}\nSnippet: a loop`;
      const first = objectOf(instanceOf(shapes.snippet, readMessageText(asked)));
      const again = `Another variant than this one:\n${String(first.body)}\n\n${asked}`;
      const other = objectOf(instanceOf(shapes.snippet, readMessageText(again)));
      assert.equal(other.language, first.language);
      assert.notEqual(other.body, first.body);
      assert.notEqual(other.name, first.name);
    }
  });

  it('quote the code exactly, with the line of the file', () => {
    const lineOf = (quote: unknown): number => 10 + code.split('\n').indexOf(String(quote));
    const { edits } = objectOf(instanceOf(shapes.edits, reading));
    assert.ok(listOf(edits).length > 0);
    for (const edit of listOf(edits).map(objectOf)) {
      assert.equal(edit.file, 'src/money.ts');
      assert.equal(edit.startLine, lineOf(edit.search));
      assert.notEqual(edit.replace, edit.search);
    }
    const { findings } = objectOf(instanceOf(shapes.review, reading));
    assert.ok(listOf(findings).length >= 3);
    for (const finding of listOf(findings).map(objectOf))
      assert.equal(finding.startLine, lineOf(finding.quote));
    const { steps } = objectOf(instanceOf(shapes.explanation, reading));
    for (const step of listOf(steps).map(objectOf)) assert.equal(step.startLine, lineOf(step.quote));
  });

  it('name the file of a diff in a commit message', () => {
    const diff = '```diff\n--- a/src/money.ts\n+++ b/src/money.ts\n@@ -1 +1,2 @@\n-old\n+new\n+more\n```';
    const commit = objectOf(instanceOf(shapes.commit, readMessageText(diff)));
    assert.equal(commit.scope, 'src');
    assert.match(String(commit.subject), /money/);
    assert.match(String(commit.body), /^2 lines added and 1 removed in src\/money\.ts/);
  });

  it('follow references and stay finite in recursive schemas', () => {
    const node = closed({ name: text, children: list({ $ref: '#/$defs/node' }) });
    const schema = { ...closed({ root: { $ref: '#/$defs/node' } }), $defs: { node } };
    assert.equal(strictSchemaProblem(schema, 'x'), undefined);
    assert.equal(typeof JSON.stringify(instanceOf(schema, reading)), 'string');
  });

  describe('over HTTP', () => {
    let client: Client;
    before(async () => {
      client = await startClient();
    });
    after(() => client.simulator.close());
    const format = {
      type: 'json_schema',
      json_schema: { name: 'edits', schema: shapes.edits, strict: true },
    };
    const messages = [{ role: 'user', content: message }];

    it('come whole or as partial JSON', async () => {
      const whole =
        textOf(messageOf((await client.ask({ messages, response_format: format })).json).content) ?? '';
      assert.ok(satisfies(shapes.edits, JSON.parse(whole)));
      const events = eventsOf((await client.stream({ messages, response_format: format })).text);
      assert.equal(joined(events, 'content'), whole);
      assert.ok(events.length > 20);
      const cut = await client.ask({ messages, response_format: format, max_tokens: 20 });
      assert.equal(choiceOf(cut.json).finish_reason, 'length');
    });

    it('are plain text from a model without structured outputs, unless the parameter is required', async () => {
      const asked = { model: 'gryphe/mythomax-l2-13b', messages, response_format: format, max_tokens: 500 };
      assert.match(String(messageOf((await client.ask(asked)).json).content), /simulated answer/);
      const required = await client.ask({ ...asked, provider: { require_parameters: true } });
      assert.equal(required.status, 404);
    });

    it('are an object in JSON mode', async () => {
      const { json } = await client.ask({ response_format: { type: 'json_object' } });
      assert.equal(objectOf(JSON.parse(String(messageOf(json).content))).simulated, true);
    });
  });
});
