import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { redact, type Secret } from '../../../../src/core/context/redaction.ts';
import { findSecrets } from '../../../../src/core/context/secrets/findSecrets.ts';
import { Random } from '../../../support/random.ts';
import { kinds, type Planted } from './kinds.ts';
import { lookAlikes } from './lookAlikes.ts';

const valuesOfEach = 100;

/** What of the planted secrets is left, if anything. */
function leftOf({ text, secrets }: Planted, found: readonly Secret[]): string {
  const isHidden = new Uint8Array(text.length);
  found.forEach(({ start, end }) => isHidden.fill(1, start, end));
  let at = 0;
  let left = '';
  for (const secret of secrets) {
    const start = text.indexOf(secret, at);
    assert.ok(start >= 0 && secret !== '', 'The secret is not in the text.');
    at = start + secret.length;
    left += Array.from(secret)
      .filter((_, index) => isHidden[start + index] === 0)
      .join('');
  }
  return left;
}

describe('finding secrets', () => {
  it('is tried with at least sixty kinds', () => {
    assert.ok(Object.keys(kinds).length >= 60, String(Object.keys(kinds).length));
  });

  for (const [name, plant] of Object.entries(kinds)) {
    it(`takes at least 98 in 100 values whole, with all that may stand around them: ${name}`, () => {
      const random = new Random(20);
      const missed = Array.from({ length: valuesOfEach }, () => plant(random)).filter(
        (planted) => leftOf(planted, findSecrets(planted.text)) !== '',
      );
      assert.ok(missed.length <= 0.02 * valuesOfEach, JSON.stringify(missed));
    });
  }

  const inHtml = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const inString = (text: string): string => JSON.stringify(text).slice(1, -1);
  const each =
    (lead: string) =>
    (text: string): string =>
      text
        .split('\n')
        .map((line) => lead + line)
        .join('\n');
  const plain = (text: string): string => text;
  type Way = (text: string) => string;
  const wrappings: Readonly<Record<string, readonly [wrap: Way, secret: Way]>> = {
    ...Object.fromEntries(
      ['+', '-', ' ', '// ', '# ', ' * ', '> ', '  12 | ', '\t\t', '-- '].map((lead) => [
        `lines behind ${JSON.stringify(lead)}`,
        [each(lead), plain],
      ]),
    ),
    'a string of JSON': [(text) => `{"text":"${inString(text)}"}`, inString],
    'a string in a string': [
      (text) => JSON.stringify(JSON.stringify({ text })),
      (text) => inString(inString(text)),
    ],
    HTML: [(text) => `<pre>${inHtml(text)}</pre>`, inHtml],
    'a fence': [(text) => `\`\`\`sh\n${text}\n\`\`\``, plain],
    'lines that end as on Windows': [(text) => text.replaceAll('\n', '\r\n'), plain],
  };
  for (const [name, [wrap, secretIn]] of Object.entries(wrappings)) {
    it(`takes at least 97 in 100 of all kinds whole, in whatever wraps them: ${name}`, () => {
      const random = new Random(25);
      const missed: string[] = [];
      const plants = Object.values(kinds).flatMap((plant) => [plant, plant, plant]);
      for (const plant of plants) {
        const { text, secrets } = plant(random);
        const wrapped = wrap(text);
        const left = redact(wrapped, findSecrets(wrapped));
        if (secrets.some((secret) => left.includes(secretIn(secret)))) {
          missed.push(left);
        }
      }
      assert.ok(missed.length <= 0.03 * plants.length, JSON.stringify(missed));
    });
  }

  it('leaves at least 99 in 100 of what only looks like a secret', () => {
    const texts = lookAlikes(new Random(21));
    const touched = texts.filter((text) => findSecrets(text).length > 0);
    assert.ok(texts.length >= 200, String(texts.length));
    assert.ok(touched.length <= texts.length / 100, JSON.stringify(touched));
  });

  it('finds nothing more in what it has redacted', () => {
    const random = new Random(22);
    for (const [name, plant] of Object.entries(kinds)) {
      for (let at = 0; at < 5; at++) {
        const { text } = plant(random);
        const once = redact(text, findSecrets(text));
        assert.equal(redact(once, findSecrets(once)), once, name);
      }
    }
  });

  it('takes no orders from a text', () => {
    const secret = `ghp_${new Random(23).text('abcdefghijklmnopqrstuvwxyz0123456789', 36)}`;
    for (const order of [
      'secretlint-disable',
      'gitleaks:allow',
      'pragma: allowlist secret',
      'nosec',
      'noqa',
    ]) {
      const text = `// ${order}\n/* ${order} */ const key = '${secret}'; // ${order}\n`;
      assert.equal(redact(text, findSecrets(text)), text.replace(secret, '[redacted: github]'), order);
    }
  });

  it('says what it found', () => {
    const random = new Random(24);
    const key = random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 36);
    const said: readonly (readonly [text: string, redacted: string])[] = [
      [`a = ghp_${key};`, 'a = [redacted: github];'],
      [`npm_${key}`, '[redacted: npm]'],
      [`const value = xoxb-123456789012-123456789012-${key}\n`, 'const value = [redacted: slack]\n'],
      [`sk-or-v1-${key}, sk-or-v1-…`, '[redacted: openrouter], sk-or-v1-…'],
      [`db = "postgres://a:${key}@db/shop"`, 'db = "[redacted: database connection string]"'],
      [`redis://:${key}@cache:6379/0`, 'redis://:[redacted: password in a url]@cache:6379/0'],
      [`password = "${key}";`, 'password = "[redacted: password]";'],
      [`translationOf.key = "${key}Aa1";`, `translationOf.key = "${key}Aa1";`],
      [`licenses.first.key = "${key}";`, 'licenses.first.key = "[redacted: possible secret]";'],
      [`connect(token = ${key})`, 'connect(token = [redacted: possible secret])'],
      [`Authorization: Bearer ${key}`, 'Authorization: Bearer [redacted: bearer token]'],
    ];
    for (const [text, redacted] of said) {
      assert.equal(redact(text, findSecrets(text)), redacted);
    }
  });
});
