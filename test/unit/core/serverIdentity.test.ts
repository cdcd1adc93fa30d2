import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ServerIdentity } from '../../../src/core/openrouter/transport/serverIdentity.ts';

const gateway = 'https://gateway.example.com/v1';
const ours = { data: [{ id: 'a/b', pricing: { prompt: '0' }, architecture: {} }] };
const plain = { object: 'list', data: [{ id: 'gpt-4o', object: 'model', owned_by: 'openai' }] };

describe('the identity of a server', () => {
  for (const host of ['openrouter.ai', 'eu.openrouter.ai', 'us.openrouter.ai']) {
    it(`is known by its name: ${host}, whatever it answers`, () => {
      const identity = new ServerIdentity();
      const baseUrl = `https://${host}/api/v1`;
      identity.sawKeyRecord(baseUrl, false);
      identity.sawModels(baseUrl, plain);
      assert.equal(identity.kindOf(baseUrl), 'openrouter');
    });
  }

  it('is not known by a name that only looks like it', () => {
    const identity = new ServerIdentity();
    for (const host of ['openrouter.ai.example.com', 'notopenrouter.ai', '127.0.0.1:8080']) {
      assert.equal(identity.kindOf(`https://${host}/api/v1`), undefined, host);
    }
  });

  const rows: readonly (readonly [string, (identity: ServerIdentity) => void, string | undefined])[] = [
    ['nothing', () => undefined, undefined],
    ['a record of the key', (it) => it.sawKeyRecord(gateway, true), 'openrouter'],
    ['no records of keys', (it) => it.sawKeyRecord(gateway, false), 'other'],
    ['models with prices', (it) => it.sawModels(gateway, ours), 'openrouter'],
    ['models without: a proxy may shorten the list', (it) => it.sawModels(gateway, plain), undefined],
    ['an empty list', (it) => it.sawModels(gateway, { data: [] }), undefined],
    ['no list', (it) => it.sawModels(gateway, '<html>'), undefined],
    ['a record of the key on another server', (it) => it.sawKeyRecord('https://b.test', true), undefined],
  ];
  for (const [what, see, kind] of rows) {
    it(`shows by ${what}: ${kind ?? 'unknown'}`, () => {
      const identity = new ServerIdentity();
      see(identity);
      assert.equal(identity.kindOf(gateway), kind);
    });
  }

  it('is OpenRouter behind a proxy when either of them shows it', () => {
    const identity = new ServerIdentity();
    identity.sawKeyRecord(gateway, false);
    identity.sawModels(gateway, ours);
    assert.equal(identity.kindOf(gateway), 'openrouter');
  });
});
