import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toSnippetEntry, toSnippetText } from '../../../src/core/prompts/snippetText.ts';

/** What VS Code's snippet grammar makes of a text: literal text, tab stops, and what we never write. */
type Node = string | { readonly stop: number; readonly inner: readonly Node[] } | { readonly alien: string };

/** Reads a snippet by VS Code's grammar: escapes, tab stops, nested placeholders, choices and variables. */
class SnippetReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Everything up to the end, or up to the brace that closes a placeholder. */
  read(inside = false): readonly Node[] {
    const nodes: Node[] = [];
    while (this.#at < this.#text.length && !(inside && this.#text[this.#at] === '}')) {
      nodes.push(this.#escape() ?? this.#stop() ?? this.#placeholder() ?? this.#alien() ?? this.#sign());
    }
    return nodes;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#text.slice(this.#at));
    this.#at += found?.[0].length ?? 0;
    return found ?? undefined;
  }

  #escape(): Node | undefined {
    return this.#take(/^\\([\\$}])/)?.[1];
  }

  #stop(): Node | undefined {
    const found = this.#take(/^\$(\d+)/) ?? this.#take(/^\$\{(\d+)\}/);
    return found && { stop: Number(found[1]), inner: [] };
  }

  #placeholder(): Node | undefined {
    const start = this.#at;
    const found = this.#take(/^\$\{(\d+):/);
    if (!found) {
      return undefined;
    }
    const inner = this.read(true);
    if (!this.#take(/^\}/)) {
      this.#at = start;
      return undefined;
    }
    return { stop: Number(found[1]), inner };
  }

  /** Choices, variables and transforms: a snippet of ours has none. */
  #alien(): Node | undefined {
    const found = this.#take(/^\$\{\d+[|/]/) ?? this.#take(/^\$\{?[a-zA-Z_]\w*/);
    return found && { alien: found[0] };
  }

  #sign(): Node {
    return this.#take(/^[^]/u)?.[0] ?? '';
  }
}

/** What stands in the editor after the snippet was inserted, and its tab stops in their order. */
function expand(snippet: string): { readonly text: string; readonly stops: readonly number[] } {
  const stops: number[] = [];
  const defaults = new Map<number, string>();
  const show = (nodes: readonly Node[]): string => nodes.map(showOne).join('');
  const showOne = (node: Node): string => {
    if (typeof node === 'string') {
      return node;
    }
    if ('alien' in node) {
      return `<${node.alien}>`;
    }
    stops.push(node.stop);
    const text = defaults.get(node.stop) ?? show(node.inner);
    defaults.set(node.stop, text);
    return text;
  };
  return { text: show(new SnippetReader(snippet).read()), stops };
}

/** Code that is hard on a snippet grammar. */
const code = fc
  .array(
    fc.oneof(
      fc.constantFrom('$', '{', '}', '\\', '{{', '}}', '|', '\n', '\t', ' ', '\\}', '\\$', '${', '$0', '$1'),
      fc.constantFrom(
        '${1:x}',
        '${2|a,b|}',
        '${TM_FILENAME}',
        '$TM_FILENAME',
        '`${value}`',
        '{{other}}',
        'a',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((all) => all.join(''));

describe('the reader that these tests go by', () => {
  it('reads what the documentation of VS Code shows', () => {
    assert.deepEqual(expand('for (const ${2:element} of ${1:array}) {\n\t$0\n}'), {
      text: 'for (const element of array) {\n\t\n}',
      stops: [2, 1, 0],
    });
    assert.deepEqual(expand('${1:another ${2:placeholder}} $1'), {
      text: 'another placeholder another placeholder',
      stops: [1, 2, 1],
    });
    assert.equal(expand('\\$1 \\} \\\\ \\x').text, '$1 } \\ \\x');
    assert.equal(expand('$TM_FILENAME ${1|a,b|}').text, '<$TM_FILENAME> <${1|>a,b|}');
  });
});

describe('a snippet in the syntax of VS Code', () => {
  it('has a tab stop for each placeholder, the same one wherever a name recurs, and an end', () => {
    const text = toSnippetText({
      body: 'for (const {{ item }} of {{list}}) {\n\tuse({{item}});\n}',
      placeholders: [
        { name: 'item', default: 'each' },
        { name: ' list ', default: '' },
      ],
    });
    assert.equal(text, 'for (const ${1:each} of ${2}) {\n\tuse(${1});\n}$0');
  });

  it('counts its tab stops in the order of the body, and leaves out what does not occur there', () => {
    const text = toSnippetText({
      body: '{{b}} {{a}}',
      placeholders: [
        { name: 'a', default: 'A' },
        { name: 'unused', default: 'U' },
        { name: 'b', default: 'B' },
      ],
    });
    assert.equal(text, '${1:B} ${2:A}$0');
  });

  it('takes nothing for a placeholder that was not listed', () => {
    const { text, stops } = expand(toSnippetText({ body: '<p>{{ title }}</p> {{x}}', placeholders: [] }));
    assert.deepEqual([text, stops], ['<p>{{ title }}</p> {{x}}', [0]]);
  });

  it('keeps every other character unchanged, whatever the code and defaults', () => {
    fc.assert(
      fc.property(code, code, code, code, (before, between, first, second) => {
        const body = `${before} {{one}} ${between} {{two}} {{one}}!`;
        const placeholders = [
          { name: 'one', default: first },
          { name: 'two', default: second },
        ];
        const { text, stops } = expand(toSnippetText({ body, placeholders }));
        assert.equal(text, `${before} ${first} ${between} ${second} ${first}!`);
        assert.deepEqual(stops, [1, 2, 1, 0]);
      }),
    );
  });

  it('means what its body means, whatever stands beside a placeholder', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{{n}}',
        '{{ m }}',
        '{{other}}',
        '0px',
        '12',
        '1',
        ':x}',
        '|a|}',
        '/',
        '_',
        'a',
        ' ',
        '\n',
      ),
      fc.constantFrom('$', '{', '}', '\\', '${', '$1', '${1}', '$n', '{{', '}}', '{{n', 'n}}'),
    );
    const defaults = { n: '10', m: '' };
    const placeholders = Object.entries(defaults).map(([name, text]) => ({ name, default: text }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const body = pieces.join('');
        const { text, stops } = expand(toSnippetText({ body, placeholders }));
        const markers = Array.from(body.matchAll(/\{\{\s*([nm])\s*\}\}/g), ([, name]) => name);
        assert.equal(
          text,
          body.replaceAll(/\{\{\s*([nm])\s*\}\}/g, (_, name: 'n' | 'm') => defaults[name]),
        );
        assert.deepEqual(stops, [...markers.map((name) => [...new Set(markers)].indexOf(name) + 1), 0]);
      }),
      { numRuns: 500 },
    );
  });

  it('is saved line by line with its scope', () => {
    const snippet = {
      name: 'Guard',
      prefix: 'guard',
      language: 'typescript',
      description: 'Guards.',
      body: 'a\r\n\t{{x}}',
      placeholders: [{ name: 'x', default: '$' }],
    };
    assert.deepEqual(toSnippetEntry(snippet, 'typescript'), {
      scope: 'typescript',
      prefix: 'guard',
      description: 'Guards.',
      body: ['a', '\t${1:\\$}$0'],
    });
  });
});
