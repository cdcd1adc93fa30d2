import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { config } from '@vscode/l10n';
import { afterEach, describe, it } from 'mocha';
import * as z from 'zod/mini';
import type { Credit, KeyInfo } from '../../../src/core/account/credit.ts';
import { readKeyInfo } from '../../../src/core/openrouter/account/keyRecord.ts';
import { describeKey } from '../../../src/host/account/keyCheck.ts';
import { creditView, type CreditMoment, type CreditView } from '../../../src/host/account/creditView.ts';
import { aKey } from '../../support/builders.ts';

/** A Saturday evening; in Berlin it is 20:48. */
const now = Date.parse('2026-11-28T19:48:00Z');
const hour = 3_600_000;
const moment: CreditMoment = {
  now,
  place: { language: 'en-GB', timeZone: 'Europe/Berlin' },
  warnBelow: 1_000_000,
  keys: { names: ['Default'], inUse: { origin: 'stored', name: 'Default' } },
};
const readAt = now - 5 * 60_000;

const monthly = aKey({ reset: 'monthly' });
const { limit: _limit, remaining: _remaining, ...withoutLimit } = aKey();
const free = { ...withoutLimit, freeTier: true, freeRequests: { limit: 50, remaining: 48 } };
const ownKeys = { today: 1_200_000, week: 2_000_000, month: 3_000_000, all: 4_000_000, counted: false };

function known(key: KeyInfo): Credit {
  return { state: 'known', key, readAt };
}

function offline(key: KeyInfo): Credit {
  return { state: 'offline', last: { key, readAt } };
}

function view(credit: Credit, facts: Partial<CreditMoment> = {}): CreditView {
  return creditView(credit, { ...moment, ...facts });
}

const noLimit = "This key has no limit, and it can't read the account balance.";
const expiring = aKey({ expiresAt: now + 75 * hour });

/** Every state: what is shown, how urgent it looks, what is heard, and what a click does. */
const states: readonly (readonly [
  what: string,
  credit: Credit,
  text: string,
  level: CreditView['level'],
  label: string,
  action: CreditView['action'],
])[] = [
  [
    'nothing yet',
    { state: 'unknown' },
    '…',
    'normal',
    "OpenRouter credit. The credit hasn't been loaded yet.",
    'refresh',
  ],
  [
    'no key',
    { state: 'missing' },
    'Set API key',
    'normal',
    'OpenRouter credit: Set API key. There is no API key yet.',
    'setApiKey',
  ],
  [
    'a rejected key',
    { state: 'rejected' },
    'Key rejected',
    'error',
    'OpenRouter credit: Key rejected. The API key was rejected.',
    'setApiKey',
  ],
  [
    'an expired key',
    { state: 'expired', expiredAt: now - 100 * hour },
    'Key expired',
    'error',
    'OpenRouter credit: Key expired. The API key has expired: Tuesday 24 November at 16:48.',
    'setApiKey',
  ],
  [
    'a server without credit',
    { state: 'none' },
    '–',
    'normal',
    "OpenRouter credit. This server isn't OpenRouter, so there is no credit to show. Chat works, but " +
      'without features that only OpenRouter has.',
    'usage',
  ],
  [
    'a key with a limit',
    known(aKey()),
    '$7.48 left',
    'normal',
    "OpenRouter credit: $7.48 left. This key's limit is $10.00. It never resets.",
    'refresh',
  ],
  [
    'a key whose limit resets every day',
    known(aKey({ reset: 'daily' })),
    '$7.48 left',
    'normal',
    "OpenRouter credit: $7.48 left. This key's limit is $10.00. It resets tomorrow at 01:00.",
    'refresh',
  ],
  [
    'a key whose limit resets every week',
    known(aKey({ reset: 'weekly' })),
    '$7.48 left',
    'normal',
    "OpenRouter credit: $7.48 left. This key's limit is $10.00. It resets Monday 30 November at 01:00.",
    'refresh',
  ],
  [
    'a key whose limit resets every month',
    known(monthly),
    '$7.48 left',
    'normal',
    "OpenRouter credit: $7.48 left. This key's limit is $10.00. It resets Tuesday 1 December at 01:00.",
    'refresh',
  ],
  [
    'a key whose limit resets in a way of its own',
    known(aKey({ reset: 'yearly' })),
    '$7.48 left',
    'normal',
    "OpenRouter credit: $7.48 left. This key's limit is $10.00. It resets yearly.",
    'refresh',
  ],
  [
    'a key near its limit',
    known(aKey({ remaining: 990_000 })),
    '$0.99 left',
    'warning',
    "OpenRouter credit: $0.99 left. Your credit is low: less than $1.00 left. This key's limit is " +
      '$10.00. It never resets.',
    'refresh',
  ],
  [
    'a key exactly at the threshold',
    known(aKey({ remaining: 1_000_000 })),
    '$1.00 left',
    'normal',
    "OpenRouter credit: $1.00 left. This key's limit is $10.00. It never resets.",
    'refresh',
  ],
  [
    'a key at its limit',
    known(aKey({ remaining: 0, reset: 'weekly' })),
    '$0.00 left',
    'error',
    "OpenRouter credit: $0.00 left. This key's limit is used up. It resets Monday 30 November at " +
      "01:00. This key's limit is $10.00.",
    'refresh',
  ],
  [
    'a key beyond a limit that never resets',
    known(aKey({ remaining: -20_000 })),
    '-$0.02 left',
    'error',
    "OpenRouter credit: -$0.02 left. This key's limit is used up and never resets. This key's limit " +
      'is $10.00.',
    'refresh',
  ],
  [
    'a key without a limit',
    known(withoutLimit),
    '$0.31 today (UTC)',
    'normal',
    `OpenRouter credit: $0.31 today (UTC). ${noLimit}`,
    'refresh',
  ],
  [
    'the free tier',
    known(free),
    '48 free left',
    'normal',
    'OpenRouter credit: 48 free left. 48 of 50 free requests are left today. They reset tomorrow at ' +
      '01:00. OpenRouter counts days in UTC. ' +
      noLimit,
    'refresh',
  ],
  [
    'the free tier used up',
    known({ ...free, freeRequests: { limit: 50, remaining: 0 } }),
    '0 free left',
    'error',
    "OpenRouter credit: 0 free left. Today's free requests are used up. They reset tomorrow at 01:00. " +
      noLimit,
    'refresh',
  ],
  [
    'the free tier with a limit of the key',
    known({ ...aKey(), freeTier: true }),
    '$7.48 left',
    'normal',
    "OpenRouter credit: $7.48 left. This key's limit is $10.00. It never resets.",
    'refresh',
  ],
  [
    'the free tier of an older server, without a count',
    known({ ...withoutLimit, freeTier: true }),
    '$0.31 today (UTC)',
    'normal',
    `OpenRouter credit: $0.31 today (UTC). ${noLimit}`,
    'refresh',
  ],
  [
    'own provider keys that count',
    known({ ...monthly, ownKeys: { ...ownKeys, counted: true } }),
    '$7.48 left',
    'normal',
    "OpenRouter credit: $7.48 left. This key's limit is $10.00. It resets Tuesday 1 December at " +
      '01:00. Your own provider keys (BYOK) spent $1.20 today, which counts toward the limit. OpenRouter counts days in UTC.',
    'refresh',
  ],
  [
    'own provider keys that do not count',
    known({ ...monthly, ownKeys }),
    '$7.48 left',
    'normal',
    "OpenRouter credit: $7.48 left. This key's limit is $10.00. It resets Tuesday 1 December at " +
      '01:00. Your own provider keys (BYOK) also spent $1.20 today. OpenRouter counts days in UTC.',
    'refresh',
  ],
  [
    'a key that expires soon',
    known(expiring),
    '$7.48 left',
    'warning',
    'OpenRouter credit: $7.48 left. This key expires in 3 days (Tuesday 1 December at 23:48). This ' +
      "key's limit is $10.00. It never resets.",
    'refresh',
  ],
  [
    'a key without a limit that expires today',
    known({ ...withoutLimit, expiresAt: now + 2 * hour }),
    '$0.31 today (UTC)',
    'warning',
    `OpenRouter credit: $0.31 today (UTC). This key expires in 2 hours (today at 22:48). ${noLimit}`,
    'refresh',
  ],
  [
    'a budget that is tighter than the limit',
    known({ ...aKey(), budget: { remaining: 500_000, limit: 50_000_000, reset: 'monthly' } }),
    '$0.50 left',
    'warning',
    "OpenRouter credit: $0.50 left. Your credit is low: less than $1.00 left. This key's budget is " +
      '$50.00. It resets Tuesday 1 December at 01:00.',
    'refresh',
  ],
  [
    'a budget that is spent',
    known({ ...withoutLimit, budget: { remaining: 0, resetsAt: now + 3 * hour } }),
    '$0.00 left',
    'error',
    "OpenRouter credit: $0.00 left. This key's budget is used up. It resets today at 23:48.",
    'refresh',
  ],
  [
    'a key that cannot ask models',
    known({ ...withoutLimit, management: true }),
    '$0.31 today (UTC)',
    'normal',
    `OpenRouter credit: $0.31 today (UTC). This is a management key, so it can't send requests to models. ${noLimit}`,
    'refresh',
  ],
  [
    'offline',
    offline(aKey()),
    '$7.48 left (offline)',
    'normal',
    "OpenRouter credit: $7.48 left (offline). The service can't be reached. Last updated: today at " +
      "20:43. This key's limit is $10.00. It never resets.",
    'refresh',
  ],
  [
    'offline with little',
    offline(aKey({ remaining: 10_000 })),
    '$0.01 left (offline)',
    'warning',
    "OpenRouter credit: $0.01 left (offline). The service can't be reached. Last updated: today at " +
      "20:43. Your credit is low: less than $1.00 left. This key's limit is $10.00. It never resets.",
    'refresh',
  ],
  [
    'offline with a key that has expired since',
    offline(aKey({ expiresAt: now - hour })),
    '$7.48 left (offline)',
    'error',
    "OpenRouter credit: $7.48 left (offline). The service can't be reached. Last updated: today at " +
      "20:43. The API key has expired: today at 19:48. This key's limit is $10.00. It never resets.",
    'refresh',
  ],
  [
    'offline from the start',
    { state: 'offline' },
    '(offline)',
    'normal',
    "OpenRouter credit: (offline). The service can't be reached.",
    'refresh',
  ],
];

describe('the credit item', () => {
  for (const [what, credit, text, level, label, action] of states) {
    it(`shows ${what} as "${text}", ${level}, and says all of it`, () => {
      const shown = view(credit);
      assert.equal(shown.text, text);
      assert.equal(shown.level, level);
      assert.equal(shown.label, label);
      assert.equal(shown.action, action);
      for (const notice of shown.notices) {
        assert.ok(shown.label.includes(notice));
      }
    });
  }

  it('lists the known facts about a key', () => {
    const key = aKey({
      reset: 'monthly',
      freeRequests: { limit: 1_000, remaining: 988 },
      ownKeys,
      expiresAt: now + 240 * hour,
    });
    assert.deepEqual(view(known(key)).rows, [
      ["Remaining in this key's limit", '$7.48 of $10.00'],
      ['Limit resets', 'Tuesday 1 December at 01:00 (monthly)'],
      ['Free requests left today (UTC)', '988 of 1,000'],
      ['Free requests reset', 'tomorrow at 01:00'],
      ['Spent today (UTC)', '$0.31'],
      ['This week (UTC)', '$1.02'],
      ['This month (UTC)', '$2.52'],
      ['Total', '$12.50'],
      ['Your provider keys (BYOK) today (UTC)', '$1.20'],
      ['Your provider keys (BYOK) count', 'not toward the limit'],
      ['Key expires', 'Tuesday 8 December at 20:48 (in 10 days)'],
      ['Last updated', 'today at 20:43'],
    ]);
  });

  it('names the data regions of a key that has some of its own', () => {
    const regionsOf = (...regions: readonly string[]) =>
      view(known(aKey({ regions }))).rows.find(([name]) => name === 'Data regions')?.[1];
    assert.equal(regionsOf('europe', 'mars'), 'European Union (eu.openrouter.ai), mars');
    assert.equal(regionsOf('global', 'us'), 'global, United States (us.openrouter.ai)');
    assert.ok(!view(known(aKey())).rows.some(([name]) => name === 'Data regions'));
  });

  it('omits unknown facts', () => {
    const names = view(known(withoutLimit)).rows.map(([name]) => name);
    assert.deepEqual(names, [
      'Spent today (UTC)',
      'This week (UTC)',
      'This month (UTC)',
      'Total',
      'Last updated',
    ]);
    assert.deepEqual(view({ state: 'rejected' }).rows, []);
  });

  const rests: readonly (readonly [
    about: string,
    record: object,
    text: string,
    words: RegExp,
    described: RegExp,
  ])[] = [
    [
      'a limit and what is left of it',
      { limit: 10, limit_remaining: 4 },
      '$4.00 left',
      /limit is \$10\.00/,
      /\$4\.00 of \$10\.00 left/,
    ],
    [
      'a limit that is used up',
      { limit: 10, limit_remaining: 0 },
      '$0.00 left',
      /limit is used up/,
      /\$0\.00 of \$10\.00 left/,
    ],
    [
      'a limit that is overdrawn',
      { limit: 10, limit_remaining: -1 },
      '-$1.00 left',
      /limit is used up/,
      /-\$1\.00 of \$10\.00 left/,
    ],
    [
      'a limit of which nothing is said',
      { limit: 10, limit_remaining: null },
      '$0.31 today (UTC)',
      /limit is \$10\.00, but OpenRouter doesn't say/,
      /\$10\.00, unknown how much/,
    ],
    [
      'a limit without that field',
      { limit: 10 },
      '$0.31 today (UTC)',
      /limit is \$10\.00, but OpenRouter doesn't say/,
      /\$10\.00, unknown how much/,
    ],
    [
      'a limit and nonsense',
      { limit: '10', limit_remaining: 'much' },
      '$0.31 today (UTC)',
      /limit is \$10\.00, but OpenRouter doesn't say/,
      /\$10\.00, unknown how much/,
    ],
    ['no limit', { limit: null, limit_remaining: null }, '$0.31 today (UTC)', /has no limit/, /no limit/],
    [
      'a rest without a limit',
      { limit: null, limit_remaining: 4 },
      '$0.31 today (UTC)',
      /has no limit/,
      /no limit/,
    ],
    [
      'a budget beside a limit of which nothing is said',
      { limit: 10, limit_remaining: null, effective_budget: { remaining_usd: 2, limit_usd: 5 } },
      '$2.00 left',
      /budget is \$5\.00/,
      /\$10\.00, unknown how much/,
    ],
  ];
  for (const [about, record, text, words, described] of rests) {
    it(`says the same of ${about} wherever it speaks of it`, () => {
      const key = readKeyInfo({
        data: {
          label: 'sk',
          usage: 1,
          usage_daily: 0.31,
          usage_weekly: 1,
          usage_monthly: 1,
          is_free_tier: false,
          limit: null,
          ...record,
        },
      });
      assert.ok(key);
      const shown = view(known(key));
      assert.equal(shown.text, text);
      assert.match(shown.label, words);
      assert.match(describeKey(key), described);
      const isUnlimited = key.limit === undefined;
      for (const said of [shown.label, shown.note ?? '', describeKey(key)]) {
        assert.ok(isUnlimited || !/no limit/.test(said), said);
      }
      assert.ok(isUnlimited || shown.rows.some(([, value]) => value.includes('$10.00')));
    });
  }

  it('tells a budget from the limit of the key', () => {
    const key = { ...monthly, budget: { remaining: 500_000, limit: 50_000_000, reset: 'weekly' } };
    assert.deepEqual(view(known(key)).rows.slice(0, 3), [
      ["Remaining in this key's budget", '$0.50 of $50.00'],
      ['Budget resets', 'Monday 30 November at 01:00 (weekly)'],
      ["Remaining in this key's limit", '$7.48 of $10.00'],
    ]);
    const roomy = { ...monthly, budget: { remaining: 9_000_000 } };
    assert.equal(view(known(roomy)).text, '$7.48 left', 'one that is wider bounds nothing');
  });

  it('says whether own provider keys count, also before they have spent anything', () => {
    const rows = (key: KeyInfo): string =>
      view(known(key))
        .rows.filter(([name]) => name.startsWith('Your provider'))
        .join();
    const unused = { today: 0, week: 0, month: 0, all: 0 };
    assert.equal(
      rows({ ...monthly, ownKeys: { ...unused, counted: true } }),
      'Your provider keys (BYOK) today (UTC),$0.00,Your provider keys (BYOK) count,toward the limit',
    );
    assert.equal(rows({ ...monthly, ownKeys: { ...unused, counted: false } }), '');
    assert.equal(rows({ ...withoutLimit, ownKeys }), 'Your provider keys (BYOK) today (UTC),$1.20');
  });

  it('names the key where there are several, and where the environment has it', () => {
    const names = ['Home', 'Work'];
    const several = view(known(aKey()), { keys: { names, inUse: { origin: 'stored', name: 'Work' } } });
    assert.deepEqual(several.keyLines, ['The current key is "Work".', 'Key: a key']);
    assert.match(several.label, /The current key is "Work"\.$/);
    assert.ok(several.ways.includes('switchKey'));
    const environment = view(known(aKey()), { keys: { names: [], inUse: { origin: 'environment' } } });
    assert.deepEqual(environment.keyLines, ['Key: a key (from OPENROUTER_API_KEY)']);
    assert.deepEqual(view(known(aKey())).keyLines, ['Key: a key']);
  });

  const ways: readonly (readonly [string, Credit, readonly CreditView['ways'][number][]])[] = [
    ['no key', { state: 'missing' }, ['signIn', 'setApiKey', 'keyPage', 'switchKey']],
    ['a rejected key', { state: 'rejected' }, ['setApiKey', 'signIn', 'keyPage', 'refresh']],
    ['an expired key', { state: 'expired', expiredAt: 0 }, ['setApiKey', 'signIn', 'keyPage', 'refresh']],
    ['a server without credit', { state: 'none' }, ['usage', 'server']],
    ['nothing yet', { state: 'unknown' }, ['refresh']],
    ['enough', known(aKey()), ['refresh', 'credits', 'usage', 'activity']],
    [
      'little',
      known(aKey({ remaining: 1 })),
      ['refresh', 'keyPage', 'credits', 'threshold', 'usage', 'activity'],
    ],
    ['nothing', known(aKey({ remaining: 0 })), ['refresh', 'keyPage', 'credits', 'usage', 'activity']],
    [
      'a key that expires soon',
      known(expiring),
      ['refresh', 'setApiKey', 'keyPage', 'credits', 'usage', 'activity'],
    ],
    ['offline', { state: 'offline' }, ['refresh', 'usage', 'activity']],
  ];
  for (const [what, credit, expected] of ways) {
    it(`leads on from ${what}`, () => {
      assert.deepEqual(view(credit).ways, expected);
    });
  }

  describe('in another language and place', () => {
    afterEach(() => {
      config({ contents: {} });
    });

    const inLanguage = (language: 'de' | 'ja', timeZone: string): CreditView => {
      const file = new URL(`../../../l10n/bundle.l10n.${language}.json`, import.meta.url);
      const bundle = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
      config({ contents: { ...bundle } });
      return view(known(monthly), { place: { language, timeZone } });
    };

    it('speaks German', () => {
      const { label, rows: german } = inLanguage('de', 'Europe/Berlin');
      assert.match(label, /Dienstag, 1\. Dezember um 01:00/);
      assert.deepEqual(german.at(-1), ['Zuletzt aktualisiert', 'heute um 20:43']);
    });

    it('speaks Japanese', () => {
      const { label, rows: japanese } = inLanguage('ja', 'Asia/Tokyo');
      assert.match(label, /12月1日火曜日 09:00/);
      assert.deepEqual(japanese.at(-1), ['最終更新', '今日 04:43']);
    });

    it('counts days in the local time zone', () => {
      const daily = known(aKey({ reset: 'daily' }));
      const resets = (timeZone: string, language = 'en'): string | undefined =>
        view(daily, { place: { language, timeZone } }).rows[1]?.[1].replaceAll(/\s/g, ' ');
      assert.equal(resets('America/Los_Angeles'), 'today at 4:00 PM (daily)');
      assert.equal(resets('UTC'), 'tomorrow at 12:00 AM (daily)');
      assert.equal(resets('Asia/Kolkata', 'en-GB'), 'today at 05:30 (daily)');
    });

    it('includes the year of distant dates', () => {
      const far = known(aKey({ expiresAt: now + 400 * 24 * hour }));
      assert.deepEqual(
        view(far).rows.find(([name]) => name === 'Key expires'),
        ['Key expires', 'Sunday, 2 January 2028 at 20:48 (in 400 days)'],
      );
    });
  });
});
