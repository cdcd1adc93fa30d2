import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { textOf, type UserMessage } from '../../../src/core/conversation/message.ts';
import { documentCode, editCode, refactorCode } from '../../../src/core/prompts/editCode.ts';
import { explainCode } from '../../../src/core/prompts/explainCode.ts';
import { fixCode } from '../../../src/core/prompts/fixCode.ts';
import { reviewChanges, reviewCode } from '../../../src/core/prompts/reviewCode.ts';
import { toStrictSchema } from '../../../src/core/prompts/structured/strictSchema.ts';
import { suggestNames } from '../../../src/core/prompts/suggestNames.ts';
import { writeCommitMessage } from '../../../src/core/prompts/writeCommitMessage.ts';
import { writeTests } from '../../../src/core/prompts/writeTests.ts';
import { objectIn } from '../../../src/core/util/json.ts';
import { strictSchemaProblem } from '../../simulator/strictSchemaCheck.ts';
import { aContextItem, clean } from '../../support/builders.ts';

const editKeys = [
  'summary',
  'edits',
  'edits[].file',
  'edits[].search',
  'edits[].replace',
  'edits[].startLine',
];
const edits = [...editKeys, 'edits[].reason'];
const cart = aContextItem({ lines: { start: 10, end: 11 } });
const { lines: _lines, ...whole } = aContextItem({ path: 'src/shop.ts' });
const items = [cart, whole];

/** The paths of all properties, in order. */
function pathsOf(schema: unknown, at = ''): readonly string[] {
  const node = objectIn(schema) ?? {};
  const variants = Array.isArray(node['anyOf']) ? node['anyOf'] : [];
  const properties = Object.entries(objectIn(node['properties']) ?? {});
  return [
    ...variants.flatMap((variant) => pathsOf(variant, at)),
    ...(node['items'] === undefined ? [] : pathsOf(node['items'], `${at}[]`)),
    ...properties.flatMap(([name, property]) => {
      const path = at === '' ? name : `${at}.${name}`;
      return [path, ...pathsOf(property, path)];
    }),
  ];
}

function wordsOf(question: Pick<UserMessage, 'parts'>): string {
  return textOf({ id: '', role: 'user', createdAt: 0, ...question });
}

const finding = ['file', 'quote', 'startLine', 'endLine', 'severity', 'category', 'message', 'suggestion'];
const review = [
  ...['summary', 'findings', ...finding.map((name) => `findings[].${name}`)],
  ...['findings[].suggestion.search', 'findings[].suggestion.replace'],
];
const prompts = [
  [fixCode, edits],
  [refactorCode, edits],
  [editCode, edits],
  [documentCode, edits],
  [reviewCode, review],
  [reviewChanges, review],
  [
    writeTests,
    ['framework', 'files', 'files[].path', 'files[].content', 'cases', 'cases[].name', 'cases[].purpose'],
  ],
  [suggestNames, ['names', 'names[].name', 'names[].reason']],
  [writeCommitMessage, ['type', 'scope', 'subject', 'body', 'breaking']],
  [
    explainCode,
    ['summary', 'steps', 'steps[].quote', 'steps[].startLine', 'steps[].explanation', 'pitfalls'],
  ],
] as const;

describe('a prompt', () => {
  for (const [prompt, paths] of prompts) {
    it(`has a schema that strict mode takes, and says little beside it: ${prompt.name}`, () => {
      const schema = toStrictSchema(prompt.schema);
      assert.match(prompt.name, /^[\w-]{1,64}$/);
      assert.equal(strictSchemaProblem(schema, prompt.name), undefined);
      assert.deepEqual(pathsOf(schema), paths);
      assert.ok(prompt.system.length < 1_500, String(prompt.system.length));
    });
  }

  it('has a unique name', () => {
    assert.equal(new Set(prompts.map(([{ name }]) => name)).size, prompts.length);
  });

  const asked = {
    fix: fixCode.render({ items, problems: [] }),
    refactor: refactorCode.render({ items }),
    edit: editCode.render({ items, instruction: clean('Rename a.') }),
    document: documentCode.render({ items }),
    review: reviewCode.render({ items }),
    tests: writeTests.render({ items }),
    names: suggestNames.render({ items, symbol: clean('a') }),
    explanation: explainCode.render({ items }),
  };
  for (const [name, question] of Object.entries(asked)) {
    it(`gives the code before the words, and says where it begins: ${name}`, () => {
      assert.deepEqual(
        question.parts.map(({ type }) => type),
        ['context', 'context', 'text'],
      );
      const words = wordsOf(question);
      assert.ok(words.startsWith('The code of src/cart.ts begins at line 10 of the file.\n'));
      assert.match(words, /^The code of src\/shop\.ts begins at line 1 of the file\.\n\n./m);
    });
  }

  it('gives the changed code before the diffs, and says of the code alone where it begins', () => {
    const diff = aContextItem({ id: 'diff', path: 'Diff of src/cart.ts', languageId: 'diff' });
    const question = reviewChanges.render({ items, diffs: [diff] });
    assert.deepEqual(
      question.parts.map((part) => (part.type === 'context' ? part.item : part.type)),
      [...items, diff, 'text'],
    );
    assert.doesNotMatch(wordsOf(question), /Diff of/);
  });

  it("passes on the user's instruction, or a default one", () => {
    const instruction = ' Only the names. ';
    const last = (question: Pick<UserMessage, 'parts'>): string | undefined =>
      wordsOf(question).split('\n\n').at(-1);
    assert.equal(
      last(refactorCode.render({ items, instruction: clean(instruction) })),
      'Instruction: Only the names.',
    );
    assert.equal(
      last(reviewCode.render({ items, instruction: clean(instruction) })),
      'Look especially at: Only the names.',
    );
    assert.equal(
      last(explainCode.render({ items, instruction: clean(instruction) })),
      'Question: Only the names.',
    );
    assert.equal(last(documentCode.render({ items, instruction: clean('  ') })), 'Document this code.');
    assert.equal(last(writeCommitMessage.render({ items })), 'Write the commit message for this change.');
  });

  it('names the framework of tests, and the symbol that is to be named', () => {
    assert.match(wordsOf(writeTests.render({ items, framework: clean('mocha') })), /^Framework: mocha$/m);
    assert.match(wordsOf(suggestNames.render({ items, symbol: clean('total') })), /^Name: total$/m);
  });

  it('shows how commits were described before, and what the author has begun with', () => {
    const words = wordsOf(
      writeCommitMessage.render({
        items,
        subjects: [clean('Add a cart'), clean('fix: sum')],
        draft: clean('half a line '),
      }),
    );
    assert.equal(
      words,
      'Earlier commits, for their style:\n- Add a cart\n- fix: sum\n\n' +
        'The author has begun with, and means: half a line\n\nWrite the commit message for this change.',
    );
  });

  it('lists the problems that are to be fixed, each on one line', () => {
    const problem = {
      path: 'src/cart.ts',
      startLine: 10,
      endLine: 10,
      severity: 'error',
      message: 'No\n  such.',
    } as const;
    const problems = [problem, { ...problem, endLine: 11, severity: 'hint', source: 'ts 2345' } as const];
    const words = wordsOf(fixCode.render({ items, problems: clean(problems) }));
    assert.ok(
      words.includes(
        '\n\nProblems:\n- src/cart.ts:10: error: No such.\n- src/cart.ts:10-11: hint (ts 2345): No such.\n\n',
      ),
    );
    assert.match(fixCode.system, /Begin `summary` with the cause/);
  });

  it('forgives what an answer leaves out, where nothing is meant by it', () => {
    const message = { type: 'fix', subject: 'add' };
    assert.deepEqual(writeCommitMessage.schema.parse(message), {
      ...message,
      scope: null,
      body: null,
      breaking: false,
    });
    const [first] = reviewCode.schema.parse({
      summary: '',
      findings: [
        { file: 'a', quote: 'b', startLine: 1, endLine: 1, severity: 'info', category: '', message: 'c' },
      ],
    }).findings;
    assert.equal(first?.suggestion, null);
  });

  it('takes no severity of another kind, no edit of no file, and one that makes a file', () => {
    const edit = { file: 'a', search: '', replace: 'b', startLine: 1, reason: '' };
    assert.ok(fixCode.schema.safeParse({ summary: '', edits: [edit] }).success);
    assert.ok(!fixCode.schema.safeParse({ summary: '', edits: [{ ...edit, file: '' }] }).success);
    assert.ok(!writeCommitMessage.schema.safeParse({ type: 'oops', subject: 'x' }).success);
  });
});
