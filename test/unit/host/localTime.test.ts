import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { timeWords } from '../../../src/host/platform/localTime.ts';

describe('the local time', () => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const hour = 60 * 60 * 1_000;

  for (const language of ['de', 'en', 'ja']) {
    /** Naming the time zone of the machine leaves the writing to `Intl`. */
    const isAsIntlWritesIt = (time: number, now: number): void => {
      assert.equal(timeWords(time, now, { language }), timeWords(time, now, { language, timeZone }));
    };

    it(`is as Intl writes it at every hour (${language})`, () => {
      const now = new Date(2026, 11, 30, 22, 30).getTime();
      for (let hours = 0; hours < 72; hours += 1) {
        isAsIntlWritesIt(now + hours * hour + hours * 60_000, now);
      }
    });

    it(`is as Intl writes it on every weekday, in every month and year (${language})`, () => {
      const now = new Date(2026, 11, 30, 22, 30).getTime();
      for (let days = 3; days < 400; days += 9) {
        isAsIntlWritesIt(now + days * 24 * hour, now);
      }
    });
  }

  it('names the day in relation to today', () => {
    const now = new Date(2026, 11, 31, 22, 30).getTime();
    assert.equal(timeWords(now, now, { language: 'en' }), 'today at 10:30 PM');
    assert.equal(timeWords(now + 2 * hour, now, { language: 'en' }), 'tomorrow at 12:30 AM');
    assert.equal(timeWords(now + 26 * hour, now, { language: 'en' }), 'Saturday, January 2 at 12:30 AM');
  });
});
