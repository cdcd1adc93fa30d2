/**
 * What a name says of its value: `password`, which people choose; `secret`, which is made; `key`, which may be one of
 * many things.
 */
export type NameClass = 'password' | 'secret' | 'key';

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Words for "password" in other languages. */
const foreign =
  'kennwort|contrase[ñn]a|mot_?de_?passe|senha|wachtwoord|lösenord|hasło|parola|şifre|пароль|パスワード|暗証番号|密码|密碼|口令|비밀번호';

/** Finds a word in a name that may be one of a secret. */
export const nameHint = new RegExp(
  `passw|passphrase|passcode|pass\\b|_pass|pass_|pwd|secret|token|key|cred|jwt|bearer|\\bpw\\b|_pw\\b|sas\\b|(?<=[a-z])Pass\\b|requirepass|masterauth|pepper|${foreign}`,
  'gi',
);

const foreignPassword = new RegExp(foreign, 'gi');
const passwords =
  /(?:password|passwd|passphrase|passcode|passwort|pwd|(?:ssh|db|wifi|root|user|admin|my|smtp|ftp|mail|pg|sql|redis|store|key|require)pass|masterauth)s?$/;
const secrets =
  /(?:secret|token|apikey|secretkey|accesskey|privatekey|accountkey|authkey|encryptionkey|signingkey|masterkey|sharedkey|jwt|bearer)s?$/;
const secretLast = words('credential credentials cred creds sas pepper');
const shortPasswords = words('pass pw');

/** What may follow the word that counts: `DB_PASSWORD_PROD`, `SECRET_KEY_BASE`, `client-key-data`. */
const suffixes = words(
  'prod production dev development test testing staging stage live sandbox old new current previous backup primary ' +
    'secondary main base value val plain plaintext raw data default local b64 base64 encoded string',
);

/** What makes a key one that opens something. */
const openingKeys = words(
  'api secret access private encryption encrypt decryption decrypt signing sign account master shared auth ' +
    'authentication authorization license licence service deploy deployment app application crypto cipher aes hmac jwt ' +
    'session client subscription webhook write admin server functions function integration ingest ingestion rest stream ' +
    'personal management gateway ssh gpg rsa vault tls ssl wallet security maps openai anthropic stripe sendgrid mailgun ' +
    'twilio algolia datadog heroku github gitlab slack azure aws gcp google firebase cohere mistral deepseek openrouter ' +
    'pusher mapbox cloudflare newrelic segment sentry rollbar project user root storage instrumentation consumer preshared fernet',
);

/** Of these nobody makes a secret: `publicKey`, `nextPageToken`, `eos_token`. */
const harmless = words(
  'public pub primary foreign sort partition cache query registry next page continuation cancel cancellation design ' +
    'syntax pad eos bos mask unk sep cls max min num total count hot shortcut row column col idempotency dedupe react ' +
    'object map item hash range lookup group order translation i18n message locale host known',
);

/** What the value of a name is, by the name alone. */
export function nameClassOf(name: string): NameClass | undefined {
  const parts = wordsOf(name);
  while (parts.length > 1 && suffixes.has(parts.at(-1) ?? '')) {
    parts.pop();
  }
  const [before = '', last = ''] = [parts.at(-2), parts.at(-1)];
  if (parts.some((part) => harmless.has(part)) && !passwords.test(last)) {
    return last === 'key' && openingKeys.has(before) && !harmless.has(before) ? 'secret' : undefined;
  }
  if (passwords.test(last) || shortPasswords.has(last)) {
    return 'password';
  }
  if (secrets.test(last) || secretLast.has(last) || (last === 'key' && openingKeys.has(before))) {
    return 'secret';
  }
  return last === 'key' || last === 'keys' ? 'key' : undefined;
}

/** `dbPassword2`, `DB_PASSWORD`, and `db.password` are `db` and `password`. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(foreignPassword, 'password')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map((word) => word.replace(/(?<=[a-z])\d{1,3}$/, ''))
    .filter((word) => word !== '' && !/^\d+$/.test(word));
}
