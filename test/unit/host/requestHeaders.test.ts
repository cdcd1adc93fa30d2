import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readRequestHeaders } from '../../../src/host/platform/requestHeaders.ts';

describe('the headers for a gateway', () => {
  it('are sent as set', () => {
    assert.deepEqual(readRequestHeaders({ 'X-Portkey-Provider': 'openai', 'x-a': '{"b": 1}' }), {
      'x-portkey-provider': 'openai',
      'x-a': '{"b": 1}',
    });
  });

  it("can't replace the extension's own headers", () => {
    for (const name of ['Authorization', 'content-type', 'HOST', 'HTTP-Referer', 'X-OpenRouter-Cache']) {
      assert.deepEqual(readRequestHeaders({ [name]: 'x' }), {}, name);
    }
  });

  it('are only such as a request can carry', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (setting) => {
        for (const [name, value] of Object.entries(readRequestHeaders(setting))) {
          assert.equal(new Headers([[name, value]]).get(name), value);
        }
      }),
    );
    assert.deepEqual(readRequestHeaders({ a: 'b\r\nc: d', 'd e': 'f', g: 7, h: '' }), {});
  });
});
