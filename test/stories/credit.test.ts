import { describe, it } from 'mocha';
import { keyData, keyRecord, type KeyRecord } from '../simulator/keys.ts';
import { keys, simulatorKey } from '../simulator/simulator.ts';
import { themes } from '../support/workbench.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

const hour = 3_600_000;

/** How the item looks, by the class that VS Code gives it. */
type Look = 'plain' | 'warning' | 'error';

/** What the service says of the key, and what is to be seen, heard and read in the tooltip. */
interface State {
  readonly name: string;
  readonly record: Partial<KeyRecord>;
  readonly text: string;
  readonly look: Look;
  readonly heard: RegExp;
  readonly tooltip: readonly string[];
}

const later = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();

const states: readonly State[] = [
  {
    name: 'daily',
    record: { limit_reset: 'daily' },
    text: '$7.48 left',
    look: 'plain',
    heard: /This key's limit is \$10\.00\. It resets (today|tomorrow) at \d/,
    tooltip: ["Remaining in this key's limit", '$7.48 of $10.00', '(daily)', 'Last updated', 'today at'],
  },
  {
    name: 'weekly',
    record: { limit_reset: 'weekly' },
    text: '$7.48 left',
    look: 'plain',
    heard: /It resets (Sunday|Monday|today|tomorrow)/,
    tooltip: ['(weekly)'],
  },
  {
    name: 'own-keys-counted',
    record: {
      limit_reset: 'monthly',
      include_byok_in_limit: true,
      byok_usage: 4,
      byok_usage_daily: 1.2,
    },
    text: '$7.48 left',
    look: 'plain',
    heard: /own provider keys \(BYOK\) spent \$1\.20 today, which counts toward the limit/,
    tooltip: ['Your provider keys (BYOK) today', '$1.20', 'toward the limit', '(monthly)'],
  },
  {
    name: 'own-keys-besides',
    record: { include_byok_in_limit: false },
    text: '$7.48 left',
    look: 'plain',
    heard: /Your own provider keys \(BYOK\) also spent \$1\.20 today/,
    tooltip: ['not toward the limit'],
  },
  {
    name: 'never-resets',
    record: { limit_reset: null, byok_usage: 0, byok_usage_daily: 0 },
    text: '$7.48 left',
    look: 'plain',
    heard: /It never resets/,
    tooltip: ['Limit resets', 'never'],
  },
  {
    name: 'low',
    record: { limit_reset: 'weekly', limit_remaining: 0.99 },
    text: '$0.99 left',
    look: 'warning',
    heard: /Your credit is low: less than \$1\.00 left/,
    tooltip: ['Your credit is low: less than $1.00 left.', 'Low-Credit Warning'],
  },
  {
    name: 'expiring',
    record: { limit_remaining: 7.48, expires_at: later(75 * hour) },
    text: '$7.48 left',
    look: 'warning',
    heard: /This key expires in 3 days \(/,
    tooltip: ['This key expires in 3 days', 'Key expires', 'Set API key'],
  },
  {
    name: 'exhausted',
    record: { expires_at: null, limit_remaining: -0.02 },
    text: '-$0.02 left',
    look: 'error',
    heard: /This key's limit is used up\. It resets /,
    tooltip: ["This key's limit is used up. It resets ", 'Keys', 'Add credits'],
  },
  {
    name: 'unlimited',
    record: { limit: null, limit_remaining: null, limit_reset: null },
    text: '$0.31 today (UTC)',
    look: 'plain',
    heard: /This key has no limit, and it can't read the account balance/,
    tooltip: ['Spent today (UTC)', '$0.31', "it can't read the account balance.", 'Add credits'],
  },
  {
    name: 'free',
    record: { is_free_tier: true, free_model_daily_requests: { limit: 50, remaining: 48, used: 2 } },
    text: '48 free left',
    look: 'plain',
    heard: /48 of 50 free requests are left today\. They reset (today|tomorrow) at \d/,
    tooltip: ['Free requests left today', '48 of 50', 'Free requests reset'],
  },
  {
    name: 'free-used-up',
    record: { free_model_daily_requests: { limit: 50, remaining: 0, used: 50 } },
    text: '0 free left',
    look: 'error',
    heard: /Today's free requests are used up\. They reset (today|tomorrow|\w+day)/,
    tooltip: ["Today's free requests are used up."],
  },
];

describe('the credit item', () => {
  const story = workbenchOfSuite({ viewport: { width: 1000, height: 640 } });

  const item = () => story.workbench.statusItem('credit');
  const hover = () => story.workbench.page.locator('.monaco-hover:visible .hover-contents').first();

  /** Goes to the empty editor: after a click on the item its tooltip stays until one clicks elsewhere. */
  const leave = async (): Promise<void> => {
    await story.workbench.page.mouse.click(760, 110);
    await hover().waitFor({ state: 'detached' });
  };

  /** Checks what is seen and heard, then opens the tooltip for its words and for a look at it. */
  const shows = async (
    { name, text, look, heard, tooltip }: Omit<State, 'record'>,
    theme?: keyof typeof themes,
  ): Promise<void> => {
    await item().filter({ hasText: text }).waitFor();
    const kind = look === 'plain' ? ':not(.warning-kind):not(.error-kind)' : `.${look}-kind`;
    await story.workbench.page.locator(`.statusbar-item[id$=".credit"]${kind}`).waitFor();
    await item()
      .locator(look === 'plain' ? '.codicon-credit-card' : `.codicon-${look}`)
      .waitFor();
    await item().getByRole('button', { name: heard }).waitFor();
    await leave();
    await item().hover();
    await hover().filter({ hasText: 'OpenRouter credit' }).waitFor();
    for (const words of tooltip) {
      await hover().filter({ hasText: words }).waitFor();
    }
    // On the tooltip, so that the item has its own color again.
    await hover().hover();
    await story.workbench.screenshot(['credit', name, ...(theme ? [theme] : [])].join('-'));
    await leave();
  };

  const setRecord = async (record: Partial<KeyRecord>): Promise<void> => {
    story.simulator.setKey(simulatorKey, record);
    await item().click();
  };

  it('offers to set a key while there is none', async () => {
    await shows({
      name: 'missing',
      text: 'Set API key',
      look: 'plain',
      heard: /Set API key\. There is no API key yet\./,
      tooltip: ['There is no API key yet.', 'Sign in', 'Set API key', 'Keys'],
    });
    await item().click();
    await story.workbench.answerInput('Set API Key', simulatorKey);
    await item().filter({ hasText: '$7.48 left' }).waitFor();
    await story.workbench.dismissNotifications();
  });

  for (const { record, ...state } of states) {
    it(`shows a key that is ${state.name}`, async () => {
      await setRecord(record);
      await shows(state);
    });
  }

  it('makes the best of fields of other types than it knows', async () => {
    const odd = {
      ...keyData(keyRecord(simulatorKey)),
      limit: '10.00',
      limit_remaining: '7.48',
      limit_reset: 'fortnightly',
      usage_daily: null,
      byok_usage: 'none',
      is_free_tier: 'perhaps',
      expires_at: 0,
      free_model_daily_requests: 48,
      effective_budget: {
        scope: 'workspace',
        limit_usd: 50,
        remaining_usd: '3.20',
        reset_interval: 'monthly',
      },
    };
    const reply = { status: 200, body: { data: odd } };
    story.simulator.use({
      name: 'odd',
      about: 'Odd types',
      reach: ['/key'],
      refusal: { kind: 'reply', reply },
    });
    await item().click();
    await shows({
      name: 'odd',
      text: '$3.20 left',
      look: 'plain',
      heard: /This key's budget is \$50\.00\. It resets /,
      tooltip: ["Remaining in this key's budget", '$3.20 of $50.00', '$7.48 of $10.00'],
    });
    story.simulator.use('default');
  });

  it('keeps the last value while the service cannot be reached', async () => {
    await setRecord({ limit: 10, limit_remaining: 7.48, limit_reset: 'monthly', is_free_tier: false });
    await item()
      .filter({ hasText: /\$7\.48 left$/ })
      .waitFor();
    story.simulator.use('offline');
    await item().click();
    await shows({
      name: 'offline',
      text: '$7.48 left (offline)',
      look: 'plain',
      heard: /The service can't be reached\. Last updated: today at \d/,
      tooltip: ["The service can't be reached. Last updated: today at", 'Refresh'],
    });
    story.simulator.use('default');
  });

  it('names the key where there are several', async () => {
    await story.workbench.runCommand('Switchboard: Set API Key');
    await story.workbench.page.getByRole('button', { name: 'Add Under a New Name' }).click();
    await story.workbench.answerInput('Add API Key', keys.noLimit);
    await story.workbench.answerInput('Key Name', 'Work');
    await item().filter({ hasText: '$0.31 today' }).waitFor();
    await story.workbench.dismissNotifications();
    await shows({
      name: 'named',
      text: '$0.31 today (UTC)',
      look: 'plain',
      heard: /The current key is "Work"\./,
      tooltip: ['The current key is "Work".', 'Key: Workstation', 'Switch key'],
    });
  });

  it('shows nothing about a key that is still being checked', async () => {
    const release = story.simulator.hold('/key');
    await story.workbench.runCommand('Switchboard: Switch Key');
    await story.workbench.pickRows.filter({ hasText: 'Default' }).first().click();
    await shows({
      name: 'asking',
      text: '…',
      look: 'plain',
      heard: /^OpenRouter credit\. The credit hasn't been loaded yet\./,
      tooltip: ["The credit hasn't been loaded yet.", 'The current key is "Default".', 'Refresh'],
    });
    release();
    await item().filter({ hasText: '$7.48 left' }).waitFor();
  });

  it('has no value where the service could not be reached from the beginning', async () => {
    story.simulator.use('offline');
    await story.workbench.reload();
    await shows({
      name: 'never-reached',
      text: '(offline)',
      look: 'plain',
      heard: /The service can't be reached\./,
      tooltip: ["The service can't be reached.", 'Refresh', 'Usage'],
    });
    story.simulator.use('default');
    await item().click();
    await item()
      .filter({ hasText: /\$7\.48 left$/ })
      .waitFor();
  });

  const colored = states.filter(({ name }) => name === 'low' || name === 'exhausted');
  const expired: State = {
    name: 'expired',
    record: { expires_at: later(-75 * hour) },
    text: 'Key expired',
    look: 'error',
    heard: /Key expired\. The API key has expired: \w+day/,
    tooltip: ['The API key has expired: ', 'Set API key', 'Refresh'],
  };
  const rejected: State = {
    name: 'rejected',
    record: { revoked: true },
    text: 'Key rejected',
    look: 'error',
    heard: /The API key was rejected\./,
    tooltip: ['The API key was rejected.', 'Set API key', 'Sign in'],
  };

  for (const theme of ['light', 'hc-dark', 'hc-light'] as const) {
    it(`can be told apart in the theme "${themes[theme]}"`, async () => {
      await story.workbench.setUserSetting('workbench.colorTheme', themes[theme]);
      for (const { record, ...state } of colored) {
        await setRecord(record);
        await shows(state, theme);
      }
    });
  }

  it('says that a key is rejected, and that one has expired', async () => {
    await story.workbench.setUserSetting('workbench.colorTheme', themes.dark);
    for (const { record, ...state } of [rejected, expired]) {
      story.simulator.setKey(simulatorKey, { expires_at: null, revoked: false, ...record });
      await story.workbench.runCommand('Switchboard: Refresh Credit');
      await shows(state);
    }
    await item().click();
    await story.workbench.page
      .locator('.quick-input-widget:visible .quick-input-title', { hasText: 'Set API Key' })
      .waitFor();
    await story.workbench.page.keyboard.press('Escape');
  });

  it('has nothing to say where the server is not OpenRouter', async () => {
    const reply = { status: 404, body: { error: { message: 'Not Found', code: 404 } } };
    story.simulator.use({
      name: 'other',
      about: 'No records',
      reach: ['/key'],
      refusal: { kind: 'reply', reply },
    });
    await story.workbench.runCommand('Switchboard: Refresh Credit');
    await shows({
      name: 'other-server',
      text: '–',
      look: 'plain',
      heard: /This server isn't OpenRouter, so there is no credit to show\./,
      tooltip: ['there is no credit to show', 'Usage'],
    });
  });
});
