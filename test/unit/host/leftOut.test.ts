import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ServerIdentity } from '../../../src/core/openrouter/transport/serverIdentity.ts';
import { unsupportedSettingsNow } from '../../../src/host/words/unsupportedSettings.ts';
import { aModel, aRequest } from '../../support/builders.ts';
import { parseBaseUrl } from '../../../src/core/model/server.ts';

const keyOptions = aRequest({
  webSearch: true,
  responseCache: true,
  fallbackModels: ['a/b'],
  routing: { zdr: true },
  reasoningEffort: 'low',
});

const catalog = { find: () => aModel({ toolless: true }) };

describe('the notices about unsupported settings', () => {
  const kindAt =
    (baseUrl: string, identity = new ServerIdentity()) =>
    () =>
      identity.kindOf(parseBaseUrl(baseUrl)) ?? 'openrouter';

  it('is everything that a server lacks which is not OpenRouter', () => {
    const identity = new ServerIdentity();
    identity.sawKeyRecord('http://127.0.0.1:1/v1', false);
    assert.deepEqual(
      unsupportedSettingsNow(() => keyOptions, kindAt('http://127.0.0.1:1/v1', identity), catalog),
      [
        "Fallback models aren't sent: this server isn't OpenRouter.",
        "Routing isn't sent: this server isn't OpenRouter.",
        "The reasoning effort isn't sent: this server isn't OpenRouter.",
        "Web search is off: this server isn't OpenRouter.",
        "The response cache is off: this server isn't OpenRouter.",
      ],
    );
  });

  it('is a search that the model cannot call for', () => {
    assert.deepEqual(
      unsupportedSettingsNow(() => keyOptions, kindAt('https://openrouter.ai/api/v1'), catalog),
      ["Web search is off: the model doesn't support it."],
    );
  });

  it('are absent if nothing is set or nothing can be sent', () => {
    assert.deepEqual(
      unsupportedSettingsNow(() => aRequest(), kindAt('https://openrouter.ai/api/v1'), catalog),
      [],
    );
    assert.deepEqual(
      unsupportedSettingsNow(() => keyOptions, kindAt('http://example.com/v1'), catalog),
      [],
    );
  });
});
