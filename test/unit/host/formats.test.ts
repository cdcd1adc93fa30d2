import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { config } from '@vscode/l10n';
import { afterEach, describe, it } from 'mocha';
import {
  formatClock,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatShortNumber,
  formatTime,
  formatTokens,
} from '../../../src/host/platform/formats.ts';
import { count, percent, seconds } from '../../../src/webview/shared/units.ts';

describe('numbers and times for people', () => {
  afterEach(() => {
    config({ contents: {} });
  });

  async function speak(language: 'de' | 'ja'): Promise<void> {
    config({ contents: await readFile(`l10n/bundle.l10n.${language}.json`, 'utf8') });
  }

  const noon = new Date(2026, 0, 31, 14, 5).getTime();

  it('are English without a translation', () => {
    assert.equal(formatNumber(1_482), '1,482');
    assert.equal(formatNumber(99.94, 1), '99.9');
    assert.equal(formatShortNumber(1_482.25), '1,482.3');
    assert.equal(formatPercent(0.256), '26%');
    assert.equal(formatPercent(0.5, { signDisplay: 'always' }), '+50%');
    assert.equal(formatSeconds(420, 2), '0.42 s');
    assert.equal(formatTime(noon, { dateStyle: 'medium' }), 'Jan 31, 2026');
    assert.match(formatClock(noon), /^02:05\sPM$/);
  });

  it('are German in German', async () => {
    await speak('de');
    assert.equal(formatNumber(1_482), '1.482');
    assert.equal(formatNumber(99.94, 1), '99,9');
    assert.equal(formatPercent(0.256), '26\u00a0%');
    assert.equal(formatPercent(0.9994, { decimals: 1 }), '99,9\u00a0%');
    assert.equal(formatSeconds(420, 2), '0,42 s');
    assert.equal(formatTokens(1_500_000), '1,5M');
    assert.equal(formatTime(noon, { dateStyle: 'medium' }), '31.01.2026');
    assert.equal(formatClock(noon), '14:05');
  });

  it('are Japanese in Japanese', async () => {
    await speak('ja');
    assert.equal(formatNumber(1_482), '1,482');
    assert.equal(formatPercent(0.256), '26%');
    assert.equal(formatSeconds(420, 2), '0.42 秒');
    assert.equal(formatTime(noon, { dateStyle: 'medium' }), '2026/01/31');
    assert.equal(formatClock(noon), '14:05');
  });

  for (const language of ['de', 'en', 'ja'] as const) {
    it(`are those of Intl where they are written without it (${language})`, async () => {
      if (language !== 'en') {
        await speak(language);
      }
      const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
      const short = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
      for (let value = 0; value < 1_100; value += 0.25) {
        assert.equal(formatNumber(value), whole.format(value));
        assert.equal(formatShortNumber(value), short.format(value));
      }
      for (const value of [9_999, 10_000, 123_456, 999_999, 1_000_000, 1_234_567]) {
        assert.equal(formatNumber(value), whole.format(value));
      }
    });
  }

  it('are the same on a page as in the host', async () => {
    assert.deepEqual([count(1_482), seconds(420), percent(0.07)], ['1,482', '0.42 s', '7%']);
    assert.equal(percent(0.001), '<1%');
    await speak('de');
    assert.deepEqual([count(1_482), seconds(12_340), percent(0.07)], ['1.482', '12,3 s', '7\u00a0%']);
    await speak('ja');
    assert.deepEqual([count(1_482), seconds(12_340), percent(0.07)], ['1,482', '12.3 秒', '7%']);
  });

  it('count tokens at a glance', () => {
    const counts = [
      [0, '0'],
      [999, '999'],
      [1_000, '1k'],
      [8_192, '8.2k'],
      [9_999, '10k'],
      [131_072, '131k'],
      [999_499, '999k'],
      [999_500, '1M'],
      [1_048_576, '1M'],
      [1_500_000, '1.5M'],
      [10_000_000, '10M'],
    ] as const;
    for (const [tokens, words] of counts) {
      assert.equal(formatTokens(tokens), words);
    }
  });
});
