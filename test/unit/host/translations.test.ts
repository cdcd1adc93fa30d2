import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { config } from '@vscode/l10n';
import { afterEach, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { language } from '../../../src/host/platform/language.ts';
import { reportOf } from '../../../src/host/words/report.ts';
import { callbackHtml, callbackPages } from '../../../src/host/account/signIn/callbackPage.ts';
import { lookups, parse, sources, untranslated } from '../../support/messages.ts';

const root = new URL('../../../', import.meta.url);
const languages = ['de', 'ja'] as const;
const texts = z.record(z.string(), z.string());

function read(name: string): Readonly<Record<string, string>> {
  return texts.parse(JSON.parse(readFileSync(new URL(name, root), 'utf8')));
}

/** What a translation must keep: placeholders, links to commands, settings, and code. */
function fixedParts(text: string): readonly string[] {
  return (text.match(/\{\d\}|\(command:[\w.]+\)|`[^`]+`|https?:\/\/[^\s)]+/g) ?? []).sort();
}

const files = sources();
const { found, odd } = lookups(files);
const messages = [...new Set(found.map(({ message }) => message))].sort();

describe('the words in the code', () => {
  it('are looked up by fixed messages, of which there are many', () => {
    assert.deepEqual(odd, []);
    assert.ok(messages.length > 400, String(messages.length));
  });

  it('are looked up while it runs: when a module is loaded, the language may not be known', () => {
    assert.deepEqual(
      found.filter(({ early }) => early).map(({ place }) => place),
      [],
    );
  });

  it('number their placeholders from zero', () => {
    for (const message of messages) {
      const numbers = new Set(Array.from(message.matchAll(/\{(\d)\}/g), ([, digit]) => Number(digit)));
      assert.deepEqual(
        [...numbers].sort(),
        Array.from(numbers, (_, at) => at),
        message,
      );
    }
  });

  it('are written out nowhere else, but for names that are the same in every language', () => {
    assert.deepEqual(
      untranslated(files).map((each) => each.slice(each.indexOf(': ') + 2)),
      ['sk-or-v1-…', 'OPENROUTER_API_KEY', 'Markdown', 'JSON', 'openrouter.ai'],
    );
    const careless = parse(
      'webview/careless.tsx',
      `const view = <p title="One" aria-label={is ? 'Two' : t('x')}>Three {is && \`four \${x}\`}</p>;
      box.placeholder = 'Five';
      window.showWarningMessage(t('x'), 'Six');
      raise({ message: 'Se' + 'ven' });`,
    );
    assert.deepEqual(
      untranslated([careless]).map((each) => each.replace(/.*: /, '')),
      ['One', 'Two', 'Three', 'four', 'Five', 'Six', 'Se', 'ven'],
    );
  });

  it('have no place in core', () => {
    assert.deepEqual(
      found.filter(({ place }) => place.startsWith('core/')),
      [],
    );
  });
});

for (const name of languages) {
  describe(`the bundle for ${name}`, () => {
    const bundle = read(`l10n/bundle.l10n.${name}.json`);

    it('has every message, and no unused one', () => {
      assert.deepEqual(Object.keys(bundle).sort(), messages);
    });

    it('keeps placeholders, and has words that need no escaping in HTML', () => {
      for (const [message, words] of Object.entries(bundle)) {
        assert.deepEqual(fixedParts(words), fixedParts(message), message);
        assert.doesNotMatch(words, /[<>&]|^\s|\s$|^$/, message);
      }
    });

    it('names its language', () => {
      assert.equal(bundle['en'], name);
    });
  });

  describe(`the manifest in ${name}`, () => {
    const [english, words] = [read('package.nls.json'), read(`package.nls.${name}.json`)];

    it('has the same texts', () => {
      assert.deepEqual(Object.keys(words), Object.keys(english));
    });

    it('keeps links to commands, settings and code', () => {
      for (const [key, text] of Object.entries(english)) {
        assert.deepEqual(fixedParts(words[key] ?? ''), fixedParts(text), key);
      }
    });
  });
}

describe('the manifest', () => {
  it('uses exactly the texts of package.nls.json', () => {
    const manifest = readFileSync(new URL('package.json', root), 'utf8');
    const used = Array.from(manifest.matchAll(/"%([^%"]+)%"/g), ([, key]) => key);
    assert.deepEqual(used.sort(), Object.keys(read('package.nls.json')).sort());
  });

  it('has no untranslated text where VS Code shows it', () => {
    const manifest = readFileSync(new URL('package.json', root), 'utf8');
    const words = /"(?:title|label|name|description|markdownDescription)": "(?!%)([^"]+)"/g;
    assert.deepEqual(
      Array.from(manifest.matchAll(words), ([, text]) => text),
      ['switchboard', 'Switchboard for OpenRouter'],
    );
  });
});

describe('the package', () => {
  it('takes all translations along', () => {
    const allowed = readFileSync(new URL('.vscodeignore', root), 'utf8').split('\n');
    assert.ok(allowed.includes('!package.nls*.json'));
    assert.ok(allowed.includes('!l10n/*.json'));
    assert.deepEqual(
      readdirSync(new URL('l10n/', root)).sort(),
      languages.map((name) => `bundle.l10n.${name}.json`),
    );
  });
});

describe('a failure', () => {
  afterEach(() => {
    config({ contents: {} });
  });

  it("is reported in the editor's language, with its remedies", () => {
    config({ contents: { ...read('l10n/bundle.l10n.de.json') } });
    const { message, remedies } = reportOf(new RequestError('rateLimit', { retryAfter: 5 }));
    assert.equal(
      message,
      'Zu viele Anforderungen: Sie haben die Ratenbegrenzung erreicht. Versuchen Sie es in 5 ' +
        'Sekunden erneut.',
    );
    assert.deepEqual(
      remedies.map(({ label }) => label),
      ['Erneut versuchen', 'Modell wechseln'],
    );
    assert.equal(language(), 'de');
    assert.match(callbackHtml(callbackPages.denied), /<html lang="de">.*Anmeldung abgelehnt/);
  });

  it('is reported in English if there is no translation', () => {
    assert.match(reportOf(new RequestError('rateLimit')).message, /^Too many requests/);
    assert.equal(language(), 'en');
  });
});
