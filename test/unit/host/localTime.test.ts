import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { clockWords, timeWords } from '../../../src/host/platform/localTime.ts';

describe('the local time', () => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

  for (const language of ['de', 'en', 'ja']) {
    it(`is that of Intl at every minute of a day (${language})`, () => {
      const { hour12 } = new Intl.DateTimeFormat(language, { hour: 'numeric' }).resolvedOptions();
      const hour = hour12 === true ? 'numeric' : '2-digit';
      const format = new Intl.DateTimeFormat(language, { hour, minute: '2-digit' });
      for (let minute = 0; minute < 24 * 60; minute += 1) {
        const time = new Date(2026, 5, 15, 0, minute).getTime();
        assert.equal(clockWords(time, { language }), format.format(time));
      }
    });
  }

  it('counts the days of the machine as those of its time zone', () => {
    const now = new Date(2026, 11, 31, 22, 30).getTime();
    for (let hours = 0; hours < 60; hours += 1) {
      const time = now + hours * 60 * 60 * 1_000;
      assert.equal(
        timeWords(time, now, { language: 'en' }),
        timeWords(time, now, { language: 'en', timeZone }),
      );
    }
    assert.match(timeWords(now, now, { language: 'en' }), /^today at 10:30\sPM$/);
  });
});
