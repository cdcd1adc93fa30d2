import type { Secret } from '../redaction.ts';
import { distinct, isPlaceholder, looksRandom } from './likeness.ts';
import { isSecretValue } from './values.ts';

/** A form in which credentials stand; its last group is the value. */
interface Form {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly isSecret: (value: string) => boolean;
}

// White space in a file, a diff of it, or a string.
const gap = String.raw`(?:[\s+\->#]|\\n|\\t){1,20}`;
const anything = (value: string): boolean => !isPlaceholder(value) && distinct(value) > 2;
const chosen = (value: string): boolean => isSecretValue(value, 'password', 'line');
const quoted = (value: string): boolean => isSecretValue(value, 'password', 'quoted');
const made = (value: string): boolean => isSecretValue(value, 'secret', 'bare');
const long = (value: string): boolean => looksRandom(value, 20) && !isPlaceholder(value);

const forms: readonly Form[] = [
  { kind: 'bearer token', pattern: /\bbearer(?:[ \t]|%20|\+){1,4}([\w\-.~+/=%]{8,})/gi, isSecret: made },
  {
    kind: 'basic auth',
    pattern: /\bbasic[ \t]{1,4}([A-Za-z0-9+/]{6,}={0,2})/gi,
    isSecret: isUserAndPassword,
  },
  {
    kind: 'authorization',
    pattern:
      /\b(?:proxy-)?authorization["'`]?\]?\s{0,4}[:=,]\s{0,4}["'`]?(?:(?:basic|token|apikey|key|ssws|bot|digest|splunk|aws|sentry)[ \t:]{1,4})?([^\s"'`<>,;]{8,})/gi,
    isSecret: made,
  },
  {
    kind: 'basic auth',
    pattern: /\b_?auth["']?\s{0,4}[:=]\s{0,4}["']?([A-Za-z0-9+/]{6,}={0,2})/gi,
    isSecret: isUserAndPassword,
  },
  {
    kind: 'netrc',
    pattern: new RegExp(
      `\\b(?:machine${gap}\\S{1,256}|default)${gap}(?:(?:login|account)${gap}\\S{1,256}?${gap}){0,2}password${gap}(\\S{1,512})`,
      'g',
    ),
    isSecret: anything,
  },
  {
    kind: 'netrc',
    pattern: new RegExp(`\\blogin${gap}[^\\s\\\\]{1,256}${gap}password${gap}(\\S{4,512})`, 'g'),
    isSecret: chosen,
  },
  {
    kind: 'pgpass',
    pattern: /^[ \t+\-$]{0,20}[\w.*-]{1,200}:(?:\d{4,5}|\*):[\w*-]{1,100}:[\w*.-]{1,100}:(\S{4,256})$/gm,
    isSecret: quoted,
  },
  {
    kind: 'password',
    pattern: /[\s"'](?:-u|--user|--proxy-user)(?:[ =]|["'],\s?)["']?[^\s:"'@/]{1,100}:([^\s"']{4,200})/g,
    isSecret: chosen,
  },
  {
    kind: 'password',
    pattern: /\b(?:sshpass|redis-cli)[ \t]{1,4}-[pa][ \t]{0,4}["']?([^\s"']{3,200})/g,
    isSecret: anything,
  },
  {
    kind: 'password',
    pattern: /\bmysql\w{0,10}[ \t][^\n]{0,80}?[ \t]-p["']?([^\s"']{6,200})/g,
    isSecret: chosen,
  },
  {
    kind: 'password',
    pattern:
      /\b(?:docker|podman|helm|oc|az)[ \t][^\n]{0,60}?\blogin\b[^\n]{0,100}?[ \t]-p[ =]["']?([^\s"']{4,200})/g,
    isSecret: chosen,
  },
  {
    kind: 'password',
    pattern:
      /\bidentified\s{1,8}(?:with\s{1,4}\S{1,40}\s{1,4})?by\s{1,8}(?:password\s{1,4})?["']([^"'\n]{3,256})["']/gi,
    isSecret: anything,
  },
  {
    kind: 'password',
    pattern:
      /\b(?:auth|log_?in|sign_?in|authenticate|(?:http)?_?basic_?auth|network_?credential|usernamepassword\w{0,20}|credentials)\s?=?\s?\(\s{0,8}["'`][^"'`\n]{1,100}["'`],\s{0,8}["'`]([^"'`\n]{4,200})["'`]/gi,
    isSecret: quoted,
  },
  {
    // The third of what these take is the password.
    kind: 'password',
    pattern:
      /\b(?:mysqli?(?:_p?connect|\.connect)?|pg_connect|pdo|getconnection|sequelize|real_connect|knex|dbconnect)\s?\(\s{0,8}(?:[\w$.]{1,60}|"[^"\n]{0,200}"|'[^'\n]{0,200}'),\s{0,8}(?:[\w$.]{1,60}|"[^"\n]{0,100}"|'[^'\n]{0,100}'),\s{0,8}["']([^"'\n]{4,200})["']/gi,
    isSecret: quoted,
  },
  {
    kind: 'password',
    pattern:
      /\b(?:wifi\.begin|username_pw_set|passwordauthentication|setcredentials|sasl_?plain|login_user)\s?\(\s{0,8}(?:[\w$.]{1,60}|"[^"\n]{1,100}"|'[^'\n]{1,100}'),\s{0,8}["']([^"'\n]{4,200})["']/gi,
    isSecret: quoted,
  },
  {
    kind: 'password',
    pattern:
      /\becho[ \t]{1,4}(?:-n[ \t]{1,4})?["']?([^\s"'|]{4,200})["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t][^\n]{0,20}?-S\b|[^\n]{0,80}?--(?:password|pass|token)-?stdin|passwd\b|chpasswd)/g,
    isSecret: chosen,
  },
  {
    kind: 'password',
    pattern:
      /(?<![\w-])(?:htpasswd[ \t]{1,4}-\w{0,6}b\w{0,6}[ \t]{1,4}(?:[^\s"']{1,100}[ \t]{1,4}){1,2}|net[ \t]user[ \t]\S{1,60}[ \t]|ConvertTo-SecureString[ \t](?:-String[ \t])?|openssl[ \t][^\n]{0,100}[ \t]-(?:k|pass(?:in|out)?[ \t]{1,4}pass:)[ \t]{0,4}|-pass(?:in|out)[ \t]pass:)["']?([^\s"'/]{4,200})/gi,
    isSecret: chosen,
  },
  {
    kind: 'token',
    pattern:
      /(?<![\w-])(?:(?:vault|gh|glab|fly|doppler|wandb|huggingface-cli|hf)[ \t](?:auth[ \t])?login[ \t]{1,4}(?:(?:--?[\w-]{1,30}|<{1,3})[ \t]{1,4}){0,4}|(?:fly|flyctl|heroku|wrangler|netlify|vercel|eas|supabase|firebase)[ \t](?:secrets?|config|env)(?:[: \t](?:set|put|add|create))[ \t][^\n=]{1,80}=|--from-literal[= ][\w.-]{1,80}=)["']?([^\s"']{8,400})/g,
    isSecret: made,
  },
  {
    kind: 'seed phrase',
    pattern:
      /\b(?:mnemonic|seed|recovery|secret)[-_ ]?(?:phrase|words|code)?["'`]?\s{0,4}[:=(]\s{0,4}["'`]?((?:[a-z]{3,8} ){11,23}[a-z]{3,8})(?![a-z])/gi,
    isSecret: (words) => distinct(words) > 8,
  },
  {
    kind: 'signature',
    pattern: /[?&;](?:sig|x-amz-signature|x-goog-signature|code)=([^&\s"'`<>]{32,})/gi,
    isSecret: long,
  },
  {
    kind: 'private key',
    pattern: /<(?:D|P|Q|DP|DQ|InverseQ)>([A-Za-z0-9+/\s]{40,}={0,2})</g,
    isSecret: anything,
  },
];

/** Credentials in the forms of headers, command lines, `.netrc`, and others that name no secret. */
export function* credentials(text: string): Generator<Secret> {
  for (const { kind, pattern, isSecret } of forms) {
    for (const { index, 0: match, 1: value = '' } of text.matchAll(pattern)) {
      if (isSecret(value)) {
        const start = index + match.lastIndexOf(value);
        yield { start, end: start + value.length, kind };
      }
    }
  }
}

/** Whether Base64 holds a user and a password. */
function isUserAndPassword(value: string): boolean {
  const decoded = decode(value);
  const colon = decoded.indexOf(':');
  return colon >= 0 && /^[\x20-\x7e]+$/.test(decoded) && !isPlaceholder(decoded.slice(colon + 1));
}

function decode(base64: string): string {
  try {
    return atob(base64.slice(0, 4 * Math.floor(Math.min(base64.length, 400) / 4)));
  } catch {
    return '';
  }
}

/** Private keys that were made Base64 once more, as in a kube config. */
export function* encodedKeys(text: string): Generator<Secret> {
  for (const { index: start, 0: value } of text.matchAll(
    /(?<![A-Za-z0-9+/])LS0tLS1CRUdJTi[A-Za-z0-9+/]{40,}={0,2}/g,
  )) {
    if (decode(value.slice(0, 80)).includes('PRIVATE KEY')) {
      yield { start, end: start + value.length, kind: 'private key' };
    }
  }
}

/** The private members of a JSON Web Key. */
export function* jsonWebKeys(text: string): Generator<Secret> {
  if (!/"kty\\{0,3}"/.test(text)) {
    return;
  }
  for (const { index, 0: match, 1: value = '' } of text.matchAll(
    /"(?:d|p|q|dp|dq|qi|k)\\{0,3}"\s{0,8}:\s{0,8}\\{0,3}"([\w-]{16,})/g,
  )) {
    const start = index + match.length - value.length;
    yield { start, end: start + value.length, kind: 'private key' };
  }
}

/** The cookies of a session, in a header. */
export function* cookies(text: string): Generator<Secret> {
  for (const header of text.matchAll(
    /\b(?:set-)?cookie["'`]?\s{0,2}[:=,]\s{0,2}["'`]?([^\n"'`]{8,2000})/gi,
  )) {
    const from = header.index + header[0].length - (header[1]?.length ?? 0);
    for (const { index, 0: pair, 1: value = '' } of (header[1] ?? '').matchAll(
      /(?<![\w.-])[\w.-]{1,60}=([^;\s]{16,})/g,
    )) {
      const start = from + index + pair.length - value.length;
      if (long(value)) {
        yield { start, end: start + value.length, kind: 'cookie' };
      }
    }
  }
}

/** The data of a Secret of Kubernetes, whatever its names are. */
export function* kubeSecrets(text: string): Generator<Secret> {
  if (!/^[+\-\s]{0,12}kind:\s{0,4}["']?Secret\b/m.test(text)) {
    return;
  }
  let depth: number | undefined;
  for (const { index, 0: line } of text.matchAll(/[^\n]+/g)) {
    const indent = line.search(/[^\s+-]/);
    const value = /^[\w.-]{1,200}:[ \t]{1,8}["']?([^\s"']+)["']?\s*$/.exec(line.slice(indent))?.[1];
    if (/^[\s+-]*(?:data|stringData):\s*$/.test(line)) {
      depth = indent;
    } else if (depth !== undefined && indent >= 0 && indent <= depth) {
      depth = undefined;
    } else if (depth !== undefined && value !== undefined && anything(value) && value.length > 3) {
      const start = index + line.lastIndexOf(value);
      yield { start, end: start + value.length, kind: 'kubernetes secret' };
    }
  }
}
