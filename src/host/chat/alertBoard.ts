import { t } from '@vscode/l10n';
import { RequestError } from '../../core/model/requestError.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { AlertView } from '../../protocol/chatView.ts';
import { isAnswerRemedy } from '../../protocol/remedies.ts';
import { remedies, reportOf, type Report } from '../words/report.ts';
import { faultyFields } from '../platform/requestSettings.ts';
import { routingOf, unknownRoutingFields } from '../platform/routingSettings.ts';
import type { Settings } from '../platform/settings.ts';

/** The id of the alert about unknown fields in a setting. */
const unknownFields = 'unknownFields';

/** Errors outside of any answer: one alert at a time, the newest, and what "Try again" does. */
export class AlertBoard {
  readonly #settings: Settings;
  readonly #changed: () => void;
  #alert: AlertView | undefined;
  #again: (() => void) | undefined;
  /** The unknown fields already reported. */
  #knownUnknown = '';
  /** What has been reported as not sent; each is reported once. */
  readonly #told = new Set<string>();

  constructor(settings: Settings, changed: () => void) {
    this.#settings = settings;
    this.#changed = changed;
  }

  /** The alert to show. An invalid setting is reported before anyone asks a question. */
  get alert(): AlertView | undefined {
    return this.#alert ?? this.#settingsAlert();
  }

  /** Whether something is shown that a new chat would clear. */
  get raised(): boolean {
    return this.#alert !== undefined;
  }

  /** Shows a failure; `again` is what "Try again" does. */
  raise(report: Report, again?: () => void): void {
    const ways = report.remedies.filter(
      ({ kind }) => (kind !== 'tryAgain' || again !== undefined) && !isAnswerRemedy(kind),
    );
    this.#alert = { id: crypto.randomUUID(), ...report, remedies: ways };
    this.#again = again;
    this.#changed();
  }

  /** What can't be read back is reported: the rest must not look as if it were all. */
  tellUnreadable({ unreadable }: Pick<Conversation, 'unreadable'>): void {
    if (unreadable !== undefined) {
      this.raise({
        severity: 'warning',
        message: t("Some messages in this chat couldn't be read and aren't shown."),
        remedies: [remedies.dismiss],
      });
    }
  }

  tellLastUnreadable(): void {
    this.raise({
      message: t("The last chat couldn't be read, so a new one was started."),
      remedies: [remedies.dismiss],
    });
  }

  /** Says once which settings aren't sent, for example web search on an unsupported server. */
  tellLeftOut(all: readonly string[]): void {
    const words = all.filter((each) => !this.#told.has(each));
    if (words.length > 0) {
      words.forEach((each) => this.#told.add(each));
      this.raise({
        severity: 'information',
        message: words.join(' '),
        remedies: [remedies.openSettings, remedies.dismiss],
      });
    }
  }

  /** Retries what an alert is about; returns whether the alert was here. */
  retry(alertId: string): boolean {
    if (this.#alert?.id !== alertId) {
      return false;
    }
    const again = this.#again;
    this.clear();
    again?.();
    return true;
  }

  dismiss(alertId: string): void {
    if (alertId === unknownFields) {
      this.#knownUnknown = this.#unknownFields().join(' ');
    }
    if (alertId === unknownFields || this.#alert?.id === alertId) {
      this.clear();
    }
  }

  clear(): void {
    this.#alert = undefined;
    this.#again = undefined;
    this.#changed();
  }

  #settingsAlert(): AlertView | undefined {
    try {
      this.#settings.baseUrl();
      routingOf(this.#settings);
    } catch (error) {
      return error instanceof RequestError ? { id: 'settings', ...reportOf(error) } : undefined;
    }
    const message = this.#unknownFields().join(' ');
    return message === '' || message === this.#knownUnknown
      ? undefined
      : {
          id: unknownFields,
          severity: 'warning',
          message,
          remedies: [remedies.openSettings, remedies.dismiss],
        };
  }

  /** What of the settings has no effect, in words. */
  #unknownFields(): readonly string[] {
    const unknown = unknownRoutingFields(this.#settings).join(', ');
    const faulty = faultyFields(this.#settings).join(', ');
    return [
      ...(unknown === ''
        ? []
        : [t('OpenRouter ignores unknown fields in "switchboard.routing": {0}.', unknown)]),
      ...(faulty === ''
        ? []
        : [t('Fields in "switchboard.requestFields" that can\'t be used aren\'t sent: {0}.', faulty)]),
    ];
  }
}
