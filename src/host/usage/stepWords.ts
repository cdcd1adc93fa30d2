import { t } from '@vscode/l10n';
import type { Step } from '../../core/usage/summary.ts';
import { formatTime } from '../platform/formats.ts';

/** The title of a cost chart with these steps. */
export function stepTitle(step: Step): string {
  switch (step) {
    case 'hour':
      return t('Cost per hour');
    case 'day':
      return t('Cost per day');
    case 'week':
      return t('Cost per week');
    case 'month':
      return t('Cost per month');
    default:
      return step satisfies never;
  }
}

/** The word for a step. */
export function stepUnit(step: Step): string {
  switch (step) {
    case 'hour':
      return t('Hour');
    case 'day':
      return t('Day');
    case 'week':
      return t('Week of');
    case 'month':
      return t('Month');
    default:
      return step satisfies never;
  }
}

/** A step's start, for people. */
export function timeWords(step: Step, time: number): string {
  return formatTime(time, longForms[step]);
}

/** The same in a few characters. */
export function markWords(step: Step, time: number): string {
  return formatTime(time, shortForms[step]);
}

type Forms = Readonly<Record<Step, Intl.DateTimeFormatOptions>>;

const longForms: Forms = {
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
};

const shortForms: Forms = {
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: '2-digit' },
};
