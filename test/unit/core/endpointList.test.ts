import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { providerSlug } from '../../../src/core/model/endpoint.ts';
import {
  readEndpoints,
  readPresets,
  readProviders,
  readZeroRetentionTags,
} from '../../../src/core/openrouter/account/endpointList.ts';
import { describeEndpoint } from '../../../src/host/routing/describeEndpoint.ts';

const row = {
  provider_name: 'DeepInfra',
  tag: 'deepinfra/fp8',
  pricing: { prompt: '0.0000005', completion: '0.0000015' },
  context_length: 128_000,
  quantization: 'fp8',
  status: 0,
  uptime_last_1d: 99.92,
  latency_last_30m: { p50: 450, p75: 600 },
  throughput_last_30m: { p50: 81.6 },
};
const read = (endpoint: object) => readEndpoints({ data: { endpoints: [endpoint] } })?.[0];
const described = (endpoint: object): string | undefined => {
  const found = read(endpoint);
  return found && describeEndpoint(found);
};

describe('an endpoint', () => {
  it('is described in one line', () => {
    assert.equal(
      described(row),
      '$0.50 input, $1.50 output · 0.45 s to first token · 82 tokens/s · 99.9% uptime · fp8 · 128k context',
    );
  });

  it('begins as late in seconds as in milliseconds', () => {
    assert.equal(read({ ...row, latency_last_30m: { p50: 0.45 } })?.latencyMs, 450);
    assert.equal(read({ ...row, latency_last_30m: { p50: 450 } })?.latencyMs, 450);
  });

  it('omits unknown values', () => {
    const unknown = { quantization: 'unknown', latency_last_30m: null, uptime_last_1d: null, pricing: {} };
    assert.equal(described({ provider_name: 'X', ...unknown }), '');
    assert.equal(read({ provider_name: 'X', uptime_last_1d: null, uptime_last_5m: 98 })?.uptime, 98);
  });

  it('is marked where it is degraded', () => {
    assert.match(described({ ...row, status: -2 }) ?? '', /^degraded · /);
  });

  it('is of the provider that stands first in its tag', () => {
    assert.deepEqual(['deepinfra/turbo', 'openai', ''].map(providerSlug), ['deepinfra', 'openai', '']);
  });
});

describe('a list of endpoints', () => {
  it('may be empty, and is none where the body is something else', () => {
    assert.deepEqual(readEndpoints({ data: { endpoints: [] } }), []);
    for (const body of [null, {}, { data: [] }, '<html>']) {
      assert.equal(readEndpoints(body), undefined);
    }
  });

  it('survives unexpected values in a row', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(row)), (value, field) => {
        const endpoints = readEndpoints({ data: { endpoints: [{ ...row, [field]: value }, row] } }) ?? [];
        assert.ok(endpoints.some(({ tag }) => tag === row.tag));
        assert.ok(endpoints.every((each) => typeof describeEndpoint(each) === 'string'));
      }),
    );
  });

  it('says which of one model retain nothing', () => {
    const body = {
      data: [{ model_id: 'a/b', tag: 'x' }, { model_id: 'a/c', tag: 'y' }, { model_id: 'a/b' }],
    };
    assert.deepEqual([...readZeroRetentionTags(body, 'a/b')], ['x']);
    assert.deepEqual([...readZeroRetentionTags(null, 'a/b')], []);
  });

  it('has the policies of the providers beside it', () => {
    const body = { data: [{ slug: 'x', privacy_policy_url: 'https://x.test/p' }, { slug: 'y' }, {}] };
    assert.deepEqual(readProviders(body), [
      { slug: 'x', privacyPolicyUrl: 'https://x.test/p' },
      { slug: 'y' },
    ]);
  });
});

describe('the list of presets', () => {
  it('has what can be asked, and survives anything else', () => {
    const rows = [
      { slug: 'review', name: 'Review', description: 'Strict' },
      { slug: 'plain' },
      { slug: 'off', name: 'Off', status: 'disabled' },
      { slug: 'a b' },
      { name: 'No slug' },
      ...[null, 5, 'x'],
    ];
    assert.deepEqual(readPresets({ data: rows }), [
      { slug: 'review', name: 'Review', description: 'Strict' },
      { slug: 'plain', name: 'plain' },
    ]);
    for (const wrong of [undefined, null, {}, { data: 5 }, { data: {} }, '<html>']) {
      assert.deepEqual(readPresets(wrong), []);
    }
  });
});
