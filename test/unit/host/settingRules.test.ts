import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { parseRouting, tighteningFaults } from '../../../src/core/model/routing.ts';
import type { SettingValues } from '../../../src/host/platform/contributions.ts';
import {
  readSetting,
  ruledSettings,
  userSettings,
  type RuledSetting,
} from '../../../src/host/platform/settingRules.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { configuration: { properties: Record<string, { default: unknown; scope: string }> } };
};
const { properties } = manifest.contributes.configuration;

function defaultOf<Name extends keyof SettingValues>(name: Name): SettingValues[Name] {
  return properties[`switchboard.${name}`]?.default as SettingValues[Name];
}

/** Values of every type that a settings file can have. */
const values: readonly unknown[] = [
  ...[null, true, false, 0, 1, 5, 100, 2.5, -1, -0.01, 1e300, Infinity, NaN],
  ...['', ' ', '5', 'true', 'default', 'high', 'a/b', '**/.env*', [], {}],
  ...[['a/b'], ['*.secret', 5], [null], [['x']], ['!x'], ['../x'], [{}], ['', 'b']],
  ...[
    { a: 'b' },
    { a: 5 },
    { 'switchboard.fixSelection': 'a/b', x: null },
    { authorization: 'x' },
    { a: ' ' },
  ],
];

type Expectation = readonly [isRight: (value: unknown) => boolean, safe: unknown];

const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isAmount =
  (least: number, most = 1e12) =>
  (value: unknown): boolean =>
    typeof value === 'number' && value >= least && value <= most;
const orNull =
  (isRight: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || isRight(value);
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What may be written, apart from single entries, and what holds in the place of all else. */
const expected: Readonly<Record<RuledSetting, Expectation>> = {
  model: [isText, 'openrouter/auto'],
  backgroundModel: [isText, ''],
  instructions: [isText, ''],
  attribution: [isFlag, true],
  maxTokens: [isAmount(16, Infinity), 8192],
  fallbackModels: [Array.isArray, []],
  commandModels: [isObject, {}],
  commandFallbackModels: [isObject, {}],
  requestHeaders: [isObject, {}],
  reasoningEffort: [(value) => value === 'default' || value === 'high', 'default'],
  temperature: [orNull(isAmount(0, 2)), null],
  sampling: [(value) => value === 'default', 'default'],
  topP: [orNull(isAmount(0, 1)), null],
  contextCompression: [(value) => value === 'default', 'default'],
  responseHealing: [isFlag, false],
  webSearch: [isFlag, false],
  responseCache: [isFlag, false],
  'context.redactSecrets': [isFlag, true],
  'timeout.connectSeconds': [orNull(isAmount(1, 300)), null],
  'timeout.firstTokenSeconds': [orNull(isAmount(1, 300)), null],
  'timeout.silenceSeconds': [orNull(isAmount(1, 300)), null],
  'credit.refreshSeconds': [isAmount(0), 300],
  'credit.warnBelow': [isAmount(0), 1],
  'budget.perRequest': [orNull(isAmount(0)), 0],
  'budget.perDay': [orNull(isAmount(0)), 0],
  'context.exclude': [Array.isArray, defaultOf('context.exclude')],
};

describe('a setting that cannot be read', () => {
  it('has a rule, or stops what it is about by itself', () => {
    assert.deepEqual(
      [...ruledSettings(), 'baseUrl', 'routing', 'modelRouting', 'autoRouter', 'requestFields']
        .map((name) => `switchboard.${name}`)
        .sort(),
      Object.keys(properties).sort(),
    );
    assert.deepEqual(ruledSettings().toSorted(), Object.keys(expected).sort());
  });

  it("is read from the user's settings alone where only the user may decide it", () => {
    const scoped = ruledSettings().filter(
      (name) => properties[`switchboard.${name}`]?.scope === 'application',
    );
    assert.deepEqual(scoped.toSorted(), [...userSettings].sort());
  });

  for (const name of ruledSettings()) {
    it(`${name} has its safe value, and is told`, () => {
      const [isRight, safe] = expected[name];
      for (const value of values) {
        const words = `${name}: ${JSON.stringify(value)}`;
        const { value: used, fault } = readSetting(name, value, defaultOf(name));
        if (isRight(value) && value !== Infinity) {
          const isWhole = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
          assert.ok(!isWhole || fault === undefined, words);
        } else {
          assert.deepEqual(used, safe, words);
          assert.ok(fault?.startsWith(`"switchboard.${name}" `), words);
        }
      }
      assert.deepEqual(readSetting(name, undefined, defaultOf(name)), { value: defaultOf(name) });
      assert.equal(readSetting(name, defaultOf(name), defaultOf(name)).fault, undefined);
    });
  }

  it('keeps the entries of a list that can be read, and names the others by their place', () => {
    const mixed = ['secrets/**', 5, null, '*.secret', ['x'], '!.env', ''];
    const { value, fault } = readSetting('context.exclude', mixed, []);
    assert.deepEqual(value, ['secrets/**', '*.secret']);
    assert.equal(
      fault,
      '"switchboard.context.exclude" has entries that can\'t be used: 2, 3, 5, 6. Only the others apply.',
    );
    assert.deepEqual(readSetting('fallbackModels', ['a/b', 7, 'c/d'], []).value, ['a/b', 'c/d']);
    assert.deepEqual(readSetting('commandModels', { a: 'b/c', d: 5, e: '' }, {}).value, { a: 'b/c' });
  });

  it('names a header that is not sent, and never says its value', () => {
    const { value, fault } = readSetting('requestHeaders', { 'x-a': 'b', host: 'secret', c: 5 }, {});
    assert.deepEqual(value, { 'x-a': 'b' });
    assert.match(fault ?? '', /"host", "c"/);
    assert.doesNotMatch(fault ?? '', /secret/);
  });

  it("stops requests where a workspace's stricter routing can't be read", () => {
    for (const wrong of [
      'deny',
      5,
      [],
      null,
      { zdr: 'true' },
      { data_collection: 'Deny' },
      { zdr: 1, only: 5 },
    ]) {
      assert.equal(tighteningFaults(wrong).length, 1, JSON.stringify(wrong));
    }
    for (const right of [undefined, {}, { zdr: true, data_collection: 'deny' }, { only: 5, order: 'x' }]) {
      assert.deepEqual(tighteningFaults(right), [], JSON.stringify(right));
    }
    assert.equal(parseRouting('deny').faults.length, 1);
  });
});
