import assert from 'node:assert/strict';
import type { MarkedToken, Token } from 'marked';
import { MarkdownBlocks } from '../../../src/webview/markdown/blocks.ts';
import { lexMarkdown } from '../../../src/webview/markdown/lexer.ts';

/** Texts, and what of them is set apart: each as `type text`. */
const texts: Readonly<Record<string, readonly string[]>> = {
  '**注意：**请先保存。': ['strong 注意：'],
  'この**設定（初期値）。**次に。': ['strong 設定（初期値）。'],
  '文**「保存」**を押す。': ['strong 「保存」'],
  '**“점검한다”**는 원칙입니다.': ['strong “점검한다”'],
  '*斜体（例）。*后面': ['em 斜体（例）。'],
  '***重要！***继续': ['strong *重要！*', 'em 重要！'],
  '**Note:**This must be saved.': ['strong Note:'],
  '**`a`：**b和**c。**d': ['strong `a`：', 'codespan a', 'strong c。'],
  'call(*args, **kwargs) and a ** b': [],
  'src/**/*.ts': [],
  '大约3~5天，100~200元': [],
  'The first (~$1.50) and the second (~$10).': [],
  '~one~ ~~two~~': ['del two'],
  '见https://example.org/a。然后': ['link https://example.org/a'],
  '（https://example.org/a?b=1）、 www.example.org，': [
    'link https://example.org/a?b=1',
    'link www.example.org',
  ],
  'vue@3.4.1 @types/node@20.1.0 a@1.2.3-beta.rc x@10.0.0': [],
  'me@example.com, a.b@mail.example.co.uk or x@3com.example': [
    'link me@example.com',
    'link a.b@mail.example.co.uk',
    'link x@3com.example',
  ],
  'list($a,$b) = [$b,$a]; $foo/$bar ${HOME}/$user ${A}/${B} $NF-$i $a->$b': [],
  'From $HOME/$(pwd) or $(a)$(b).': [],
  'the $n$th and $x$s of $a$, $b$: $c$。': ['maths n', 'maths x', 'maths a', 'maths b', 'maths c'],
};

const fences: Readonly<Record<string, readonly string[]>> = {
  '```markdown\n# T\n\n```bash\nnpm i\n```\n\nEnd.\n```\n\nDone.': [
    'code # T\n\n```bash\nnpm i\n```\n\nEnd.',
    'paragraph',
  ],
  '```md\n```js\na\n```\n```ts\nb\n```\n```\nDone.': ['code ```js\na\n```\n```ts\nb\n```', 'paragraph'],
  '~~~md\n```js\na\n```\n~~~\nDone.': ['code ```js\na\n```', 'paragraph'],
  '````md\n```md\n```ruby\nb\n```\n```\n````\nDone.': ['code ```md\n```ruby\nb\n```\n```', 'paragraph'],
  '```md\nplain\n```\n\n```js\na\n```': ['code plain', 'code a'],
  '```js\n```md\n```\nDone.': ['code ```md', 'paragraph'],
};

describe('Markdown of other scripts and habits', () => {
  for (const [text, apart] of Object.entries(texts)) {
    it(`is read: ${text}`, () => {
      assert.deepEqual(lexMarkdown(text).flatMap(apartIn), apart);
    });
  }

  for (const [text, blocks] of Object.entries(fences)) {
    it(`is read in any pieces: ${JSON.stringify(text)}`, () => {
      for (const size of [1, 3, 7, 1_000]) {
        const read = new MarkdownBlocks();
        for (let at = 0; at < text.length; at += size) {
          read.push(text.slice(at, at + size));
        }
        read.end();
        const found = read.settled.map(({ token, code }) => (code ? `code ${code.lines.text}` : token.type));
        assert.deepEqual(found, blocks);
      }
    });
  }

  it('shows no heading, rule or block for marks that go on otherwise', () => {
    const steps = [
      'Steps:\n\n',
      '* ',
      '**',
      '*',
      'Bold** first\n',
      '* **',
      'Second**\n\nText\n',
      '-',
      '-',
      '- no\n`',
      '``',
    ];
    const blocks = new MarkdownBlocks();
    const seen = new Set<string>();
    for (const step of [...steps, '`x` is code\n\n#', '#', '#1 is first\n\n1.', ' *', '*', '*a***\n']) {
      blocks.push(step);
      for (const { token } of [...blocks.settled, ...blocks.open]) {
        seen.add(token.type);
      }
    }
    assert.deepEqual(seen, new Set(['paragraph', 'list']));
    blocks.push('\n---');
    blocks.end();
    assert.equal(blocks.settled.at(-1)?.token.type, 'hr');
  });
});

/** What of a token is more than plain text, with its text. */
function apartIn(token: Token): readonly string[] {
  const known = token as MarkedToken;
  const inner = ('tokens' in known ? (known.tokens ?? []) : []).flatMap(apartIn);
  return ['paragraph', 'text', 'escape'].includes(token.type)
    ? inner
    : [`${token.type} ${'text' in token ? String(token.text) : ''}`, ...inner];
}
