import type { Secret } from '../redaction.ts';
import { distinct, wordShare } from './likeness.ts';
import { isStartOfToken } from './rule.ts';
import { vendors } from './vendors.ts';

const patterns = vendors.flatMap(({ kind, prefixes, rest }) => {
  const pattern = new RegExp(rest, 'y');
  return prefixes.map((prefix) => ({ kind, prefix, pattern }));
});

/** Keys whose beginning says whose they are. */
export function* vendorKeys(text: string): Generator<Secret> {
  for (const { kind, prefix, pattern } of patterns) {
    for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
      pattern.lastIndex = at + prefix.length;
      const rest = isStartOfToken(text, at) ? pattern.exec(text)?.[0] : undefined;
      if (rest !== undefined) {
        const end = at + prefix.length + rest.length;
        if (isKey(rest)) {
          yield { start: at, end, kind };
        }
        at = end - 1;
      }
    }
  }
}

/** Whether it is none of those that manuals show: `sk-your-key-goes-here`, `ghp_xxxxxxxxxxxxxxxxxxxx`. */
function isKey(rest: string): boolean {
  return (
    distinct(rest) > 3 &&
    !/x{6,}|your[-_]|placeholder/i.test(rest.slice(0, 80)) &&
    (!/[a-z]/.test(rest) || wordShare(rest) < 0.7)
  );
}

// Forms that don't begin with a word of their own.
const forms: readonly (readonly [kind: string, hint: string, pattern: RegExp])[] = [
  ['telegram', ':A', /\d{8,10}:A[\w-]{34}(?![\w-])/g],
  ['discord', '.', /[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/g],
  ['mailchimp', '-us', /(?<![0-9a-f])[0-9a-f]{32}-us\d{1,2}(?![A-Za-z0-9])/g],
  ['terraform', '.atlasv1.', /[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}/g],
  ['azure', 'Q~', /[\w~.]{3}\dQ~[\w~.-]{31,40}/g],
  ['azure', 'AZDO', /[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/g],
  ['firebase', ':APA91b', /[\w-]{11,22}:APA91b[\w-]{100,}/g],
  ['firebase', 'AAAA', /AAAA[\w-]{7}:[\w-]{140,}/g],
  ['salesforce', '00D', /00D[A-Za-z0-9]{12,15}![\w.]{40,}/g],
  [
    'slack',
    'hooks.slack',
    /https:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[\w/-]{16,}/g,
  ],
  [
    'discord',
    'webhooks/',
    /https:\/\/(?:\w{2,8}\.)?discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{10,24}\/[\w-]{20,}/g,
  ],
  ['teams', 'webhook.office.com', /https:\/\/[\w-]{1,63}\.webhook\.office\.com\/[\w@/-]{16,}/g],
];

/** Tokens that their form gives away. */
export function* tokenForms(text: string): Generator<Secret> {
  for (const [kind, , pattern] of forms.filter(([, hint]) => text.includes(hint))) {
    for (const { index: start, 0: token } of text.matchAll(pattern)) {
      if (isStartOfToken(text, start) && distinct(token.slice(12)) > 3) {
        yield { start, end: start + token.length, kind };
      }
    }
  }
}

/** JSON Web Tokens. */
export function* webTokens(text: string): Generator<Secret> {
  const parts = /([\w-]{8,})((?:\.[\w-]+){1,4}\.?)?/y;
  for (let at = text.indexOf('eyJ'); at >= 0; at = text.indexOf('eyJ', at + 1)) {
    parts.lastIndex = at;
    const [token = '', head = '', rest] = isStartOfToken(text, at) ? (parts.exec(text) ?? []) : [];
    if (rest !== undefined) {
      yield { start: at, end: at + token.length, kind: 'jwt' };
    }
    // Nothing else begins in a run that has no dot.
    at += Math.max(0, (rest === undefined ? head : token).length - 1);
  }
}
