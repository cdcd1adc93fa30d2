import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { findSecrets } from '../../src/core/context/secrets/findSecrets.ts';
import { outsideStrings } from '../../src/core/edits/entities.ts';
import { locate } from '../../src/core/edits/locate.ts';
import { Snapshot } from '../../src/core/edits/snapshot.ts';
import { readPromptFile } from '../../src/core/prompts/files/promptFile.ts';
import { fillIn, inputsIn } from '../../src/core/prompts/files/promptVariables.ts';
import { toSnippetText } from '../../src/core/prompts/snippetText.ts';
import { answerObjects } from '../../src/core/prompts/structured/answerObjects.ts';
import { MarkdownBlocks } from '../../src/webview/markdown/blocks.ts';
import { readFenceInfo } from '../../src/webview/markdown/fenceInfo.ts';
import { nothingTold, speak } from '../../src/webview/transcript/spokenText.ts';
import { attacks, patternsIn, type Pattern } from '../support/attacks.ts';
import { ownTime, startOwnTimer } from '../support/ownTime.ts';

/** Runs a pattern over a text as `matchAll` does; a sticky one where the text begins. */
function run(pattern: RegExp, text: string): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match && pattern.global; match = pattern.exec(text)) {
    pattern.lastIndex += match[0] === '' ? 1 : 0;
  }
}

/** Reads a text as the panel does while it grows. */
function readMarkdown(text: string): void {
  const blocks = new MarkdownBlocks();
  for (let at = 0; at < text.length;) {
    const end = at + Math.max(2_048, blocks.openLength / 2);
    blocks.push(text.slice(at, end));
    at = end;
  }
  blocks.end();
}

const readers: readonly (readonly [name: string, read: (text: string) => void])[] = [
  ['secrets', (text) => findSecrets(text)],
  ['a snippet', (body) => toSnippetText({ body, placeholders: [{ name: 'a', default: body }] })],
  ['the inputs of a prompt', (text) => inputsIn(text)],
  ['the variables of a prompt', (text) => fillIn(text, { inputs: new Map() })],
  ['a prompt file', (text) => readPromptFile(`---\n${text}\n---\n${text}`)],
  ['an answer in JSON', (text) => Array.from(answerObjects(text, true))],
  ['Markdown', readMarkdown],
  ['what is spoken', (text) => speak(text, nothingTold, true)],
  ['what a fence says', (text) => readFenceInfo(text)],
  ['strings in code', (text) => outsideStrings(text, (each) => each)],
];

/** Only lines of up to 120 characters come to these; some are parts of one pattern. */
const ofShortLines = 'core/edits/elision.ts';

/** Whether a pattern has repetitions, and texts of any length come to it. */
function isLong({ place, source }: Pattern): boolean {
  return /[*+]|,\}/.test(source) && !place.startsWith(ofShortLines);
}

/** Hard on the reading of Markdown. */
const documents: Readonly<Record<string, (lines: number) => string>> = {
  'definitions of links': (lines) => each(lines, (at) => `[l${String(at)}]: http://a.b\n`),
  'links, then their definitions': (lines) =>
    each(lines, (at) => `See [l${String(at)}] here.\n\n`) +
    each(lines, (at) => `[l${String(at)}]: http://a.b\n`),
  'nested lists': (lines) => each(lines, (at) => `${' '.repeat(2 * (at % 12))}- item\n`),
  'lists that nest ever deeper': (lines) => each(3 * Math.sqrt(lines), (at) => `${'  '.repeat(at)}- a\n`),
  'quotes that nest ever deeper': (lines) => each(3 * Math.sqrt(lines), (at) => `${'>'.repeat(at)} a\n`),
  'headings by underlines': (lines) => 'a\n===\n'.repeat(lines),
  'formulas without an end': (lines) => '$$a\n\n'.repeat(lines),
  'HTML that is left open': (lines) => '<!-- a\n<script>\n<div\n'.repeat(lines / 8),
  'rows of bars and backticks': (lines) => `|a|b|\n|-|-|\n${'|`c|d`|e|\n'.repeat(lines / 2)}`,
  tables: (lines) => `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(lines)}`,
};

function each(lines: number, line: (at: number) => string): string {
  return Array.from({ length: lines }, (_, at) => line(at)).join('');
}

describe('patterns', () => {
  it('take time in proportion to the length of a text, whatever it is', () => {
    const patterns = patternsIn(join(import.meta.dirname, '..', '..', 'src'));
    assert.ok(patterns.length > 200, String(patterns.length));
    // Milliseconds for 4,000 characters: what is linear takes a fortieth of it, what is quadratic ten times as much.
    const limit = 2;
    const slow = new Set<string>();
    for (const { place, source, flags } of patterns.filter(isLong)) {
      const pattern = new RegExp(source, flags.includes('y') || flags.includes('g') ? flags : `${flags}g`);
      for (const text of attacks(4_000, source)) {
        const startedAt = performance.now();
        run(pattern, text);
        if (
          performance.now() - startedAt > limit &&
          ownTime(() => {
            run(pattern, text);
          }) > limit
        ) {
          slow.add(`${place} ${source} on ${JSON.stringify(text.slice(0, 20))}`);
          break;
        }
      }
    }
    assert.deepEqual([...slow], []);
  });
});

describe('what reads texts of others', () => {
  for (const [name, read] of readers) {
    it(`takes time in proportion to the length of a text: ${name}`, () => {
      for (const text of attacks(1_500)) {
        assertLinear(name, read, text, text.repeat(4));
      }
    });
  }

  for (const [name, make] of Object.entries(documents)) {
    it(`takes time in proportion to the length of a text: ${name}`, () => {
      assertLinear(name, readMarkdown, make(1_000), make(4_000));
    });
  }

  it('draws a fence of 32,768 marks', () => {
    const marks = '`'.repeat(32_768);
    const blocks = new MarkdownBlocks();
    blocks.push(`${marks}ts\nconst a = 1;\n`);
    assert.equal(blocks.open[0]?.code?.complete, false);
    blocks.push(`\`\`\`\n${marks}\n\nand on\n`);
    blocks.end();
    assert.deepEqual(
      blocks.settled.map(({ token }): readonly unknown[] => [token.type, 'text' in token ? token.text : '']),
      [
        ['code', 'const a = 1;\n```'],
        ['paragraph', 'and on'],
      ],
    );
  });

  it('takes time in proportion to the length of a text: where an edit goes', () => {
    for (const text of attacks(1_000)) {
      const read = (search: string): void => {
        locate(new Snapshot(`${search}\nx\n${search}`), {
          search: `${search}\ny`,
          replace: '',
          startLine: 1,
        });
      };
      assertLinear('locate', read, text, text.repeat(4));
    }
  });
});

/** What takes long must take in proportion to the length: what is quadratic takes four times as much. */
function assertLinear(name: string, read: (text: string) => void, text: string, longer: string): void {
  const passed = startOwnTimer();
  read(longer);
  if (passed() < 60) {
    return;
  }
  const short = ownTime(() => {
    read(text);
  });
  const long = ownTime(() => {
    read(longer);
  });
  assert.ok(
    long < 60 || long < (2.5 * short * longer.length) / text.length,
    `${name}: ${String(short)} and ${String(long)} ms, ${JSON.stringify(text.slice(0, 20))}`,
  );
}
