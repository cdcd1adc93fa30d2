import type { Random } from '../../../support/random.ts';

/** A text with a secret in it. */
export interface Planted {
  readonly text: string;
  /** What must not leave: each of them, in this order. */
  readonly secrets: readonly string[];
}

/** Makes texts with a secret of a kind. */
export type Plant = (random: Random) => Planted;

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const alnum = lower + upper + digits;
const hexDigits = `${digits}abcdef`;
const base64 = `${alnum}+/`;
const base64url = `${alnum}-_`;
const signs = '!@#$%^&*()-_=+[]{};:,.<>?/|~';
const eol = '\n';

/** Where a token may stand. */
const surroundings: readonly (readonly [string, string])[] = [
  ['const value = "', '";\n'],
  ["client.connect('", "')\n"],
  ['', ''],
  ['export VALUE=', '\n'],
  ['value: ', '\n'],
  ['{"value":"', '"}'],
  ['// see ', ' for this\n'],
  ['+ value = `', '`\n'],
  ['<value>', '</value>'],
  ['curl https://example.com/?q=', '&page=2'],
  ['\u001b[32m', '\u001b[0m done'],
  ['"line one\\n', '\\nline three"'],
  ['Type \'"', "\"' is not assignable to type 'number'."],
];

function token(make: (random: Random) => string): Plant {
  return (random) => {
    const secret = make(random);
    const [before, after] = random.pick(surroundings);
    return { text: `${before}${secret}${after}`, secrets: [secret] };
  };
}

function prefixed(prefix: string, characters: string, length: number, after = ''): Plant {
  return token((random) => prefix + random.text(characters, length) + after);
}

function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(hexDigits, length)).join('-');
}

/** A value in forms, each a text with `@` where the value goes. */
function named(make: (random: Random) => string, forms: readonly string[]): Plant {
  return (random) => {
    const secret = make(random);
    const [before = '', after = ''] = random.pick(forms).split('§');
    return { text: `${before}${secret}${after}`, secrets: [secret] };
  };
}

const password = (random: Random): string =>
  random.pick([
    () => random.text(alnum, 12 + random.below(12)),
    () => `${random.text(lower, 6)}${random.text(digits, 4)}`,
    () => `${random.text(alnum, 8)}${random.text('!#%^*_+=~', 2)}${random.text(alnum, 4)}`,
  ])();
const special = (random: Random): string =>
  `${random.text(alnum, 4)}${random.text(signs, 4)}${random.text(alnum, 6)}`;
const apiKey = (random: Random): string =>
  random.pick([
    () => random.text(alnum, 20 + random.below(24)),
    () => random.text(hexDigits, 32),
    () => random.text(base64url, 40),
    () => random.text(hexDigits, 40),
    () => uuid(random),
  ])();

const quotedPasswords = [
  'const password = "§";\n',
  "password: '§',\n",
  '{"password": "§"}',
  'char password[] = "§";',
  '{\n  "dbPassword" : "§",\n  "port": 5432\n}',
  'String password = "§";',
  'let password: string = "§";',
  'password := "§"\n',
  "$password = '§';",
  "'password' => '§',",
  ":password => '§'",
  "define('DB_PASSWORD', '§');",
  'os.environ["PASSWORD"] = "§"',
  'password = os.getenv("DB_PASSWORD", "§")',
  'const p = process.env.PASSWORD || "§";',
  'user.setPassword("§");',
  'builder.password("§")',
  '<add key="Password" value="§" />',
  '{"name": "DB_PASSWORD", "value": "§"}',
  'if (password === "§") {',
  'password = b"§"',
  "self.password = '§'",
  'mysql_root_password="§"',
  'var payload = "{\\"password\\":\\"§\\"}";',
  "PASSWORD='§' npm start",
  "CREATE USER bob IDENTIFIED BY '§';",
  "ALTER ROLE bob WITH PASSWORD '§';",
  'requests.get(url, auth=("bob", "§"))',
  'new NetworkCredential("bob", "§")',
  'password = """§"""',
  'DBPASS="§"',
  'wifipass: "§"',
  'password <- "§"',
  '"password": ["§"]',
  'String[] passwords = new String[] { "§" };',
  'passwords := []string{"§"}',
  '<property name="hibernate.connection.password">§</property>',
  '<entry key="db.password">§</entry>',
  '<key>password</key>\n\t<string>§</string>',
  '// the password is "§" for now',
  'new Sequelize("shop", "root", "§", { host })',
  'new PDO("mysql:host=a", "root", "§")',
  'DriverManager.getConnection(url, "root", "§")',
  "mysqli_connect('localhost', 'root', '§', 'shop')",
  'WiFi.begin("home", "§");',
  'client.username_pw_set("bob", "§")',
  'ConvertTo-SecureString "§" -AsPlainText -Force',
  'echo "§" | sudo -S ls',
  "echo '§' | docker login -u bob --password-stdin",
  'kennwort = "§"',
  "contraseña: '§'",
  'mot_de_passe = "§"',
  'senha = "§"',
  'const パスワード = "§";',
  "пароль = '§'",
  'variable "db_password" {\n  type    = string\n  default = "§"\n}',
];

const barePasswords = [
  'password: §\n',
  'spring.datasource.password=§\n',
  'password = §\n',
  'export DB_PASSWORD=§\n',
  'DB_PASSWORD=§',
  '  db_password: §   # from the old server\n',
  '+PGPASSWORD=§\n',
  '-  password: §\n',
  '# password: §\n',
  'ENV MYSQL_ROOT_PASSWORD=§\n',
  'ENV MYSQL_ROOT_PASSWORD §\n',
  'mysql --user=root --password=§ shop\n',
  'tool --password § --force\n',
  'docker login -u bob -p § registry.example.com\n',
  '<password>§</password>',
  '- name: DB_PASSWORD\n  value: §\n',
  '${DB_PASSWORD:-§}',
  'sshpass -p § ssh bob@host',
  'passwords:\n  - §\n',
  'password: |\n  §\n',
  'password: >-\n  §\n',
  '/* password: § */',
  'requirepass §\n',
  'masterauth §\n',
  'htpasswd -b file bob §\n',
  'openssl enc -aes-256-cbc -k § -in a',
  'openssl rsa -passin pass:§ -in a',
  'keytool -storepass § -list',
];

const quotedKeys = [
  'const apiKey = "§";',
  "api_key: '§'",
  '{"client_secret":"§"}',
  'X-Api-Key: "§"',
  'headers: { "x-api-key": "§" }',
  'STRIPE_SECRET = "§"',
  'config.secretKey = "§";',
  'JWT_SECRET="§"',
  "access_token = '§'",
  '"refreshToken" : "§"',
  'withToken("§")',
  'encryption_key = "§"',
  "signingSecret: '§',",
  'SECRET_KEY_BASE: "§"',
  'variable "x" {\n  api_token = "§"\n}',
  'variable "api_key" {\n  default = "§"\n}',
  'secrets: ["§"]',
  'creds = "§"',
  "'client_secret' => env('X', '§'),",
  'val apiKey by lazy { "§" }',
  '<string name="api_token">§</string>',
  '<meta-data android:name="com.example.API_KEY" android:value="§"/>',
  '| token | `§` |',
];

const bareKeys = [
  'API_KEY=§\n',
  'export AUTH_TOKEN=§\n',
  'token: §\n',
  'secret_key = §\n',
  '//packages.example.com/:_authToken=§\n',
  'curl -H "X-API-Key: §" https://example.com',
  'https://example.com/v1?api_key=§&q=1',
  'https://example.com/v1?access_token=§',
  'client_secret=§&grant_type=refresh_token',
  'x-api-key: §\n',
  'tool --token=§\n',
  'tool --api-key § run\n',
  '<apiKey>§</apiKey>',
  'API key: §\n',
  '| API key | § |',
  'the token is §\n',
  'aws configure set aws_secret_access_key §\n',
  'npm config set //registry.example.com/:_authToken §\n',
  'vault login §\n',
  'gh auth login --with-token <<< §\n',
  'fly secrets set A=§\n',
  'kubectl create secret generic x --from-literal=a=§\n',
  'https://example.com/?next=token%3D§',
  'FERNET_KEY=§\n',
];

function url(forms: readonly string[], make: (random: Random) => string): Plant {
  return named(make, forms);
}

const urlPassword = (random: Random): string => random.text(alnum, 10 + random.below(12));
const urlSpecial = (random: Random): string =>
  `${random.text(alnum, 4)}${random.text('!@#$%^&*()-_=+:;,.?/~', 3)}${random.text(alnum, 5)}`;

function userAndPassword(random: Random): string {
  return btoa(`${random.text(lower, 6)}:${random.text(alnum, 12)}`);
}

/** Ways in which the lines of a key may stand. */
const wrappings: readonly ((lines: readonly string[]) => string)[] = [
  (lines) => lines.join('\n') + eol,
  (lines) => lines.join('\r\n') + eol,
  (lines) => lines.map((line) => `+${line}`).join('\n'),
  (lines) => lines.map((line) => `-${line}`).join('\n'),
  (lines) => lines.map((line) => `// ${line}`).join('\n'),
  (lines) => lines.map((line) => `# ${line}`).join('\n'),
  (lines) => ['/**', ...lines.map((line) => ` * ${line}`), ' */'].join('\n'),
  (lines) => `const lines = [\n${lines.map((line) => `  '${line}',\n`).join('')}].join('\\n');`,
  (lines) => lines.map((line) => `  "${line}\\n" +`).join('\n'),
  (lines) => `{"private_key": "${lines.join('\\n')}\\n"}`,
  (lines) => `KEY="${lines.join('\\\\n')}"`,
  (lines) => `key: |\n${lines.map((line) => `    ${line}`).join('\n')}\n`,
  (lines) => lines.map((line) => `> ${line}`).join('\n'),
  (lines) => lines.map((line, at) => `${String(at + 1).padStart(3)} | ${line}`).join('\n'),
  (lines) => lines.map((line) => `key += "${line}";`).join('\n'),
  (lines) => lines.map((line) => `echo '${line}' >> id_rsa`).join('\n'),
  (lines) => `-- ${lines.join('\n-- ')}`,
];

function body(random: Random, start: string, length: number, width: number): readonly string[] {
  const all = start + random.text(base64, length - start.length - 2) + '==';
  return all.match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? [];
}

type Cut = 'whole' | 'start' | 'end' | 'both';

function pem(
  label: string,
  start: string,
  length: number,
  width: number,
  cut: Cut,
  headers: readonly string[] = [],
): Plant {
  return (random) => {
    const lines = body(random, start, length, width);
    const [begin, end] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`];
    const all = [begin, ...headers, ...(headers.length > 0 ? [''] : []), ...lines, end];
    const at = all.indexOf(lines[0] ?? '');
    const kept = {
      whole: all,
      start: all.slice(at + random.below(Math.max(1, lines.length - 2))),
      end: all.slice(0, at + 1 + random.below(lines.length)),
      both: all.slice(at + 1 + random.below(3), at + lines.length - 2),
    }[cut];
    const before = cut === 'start' || cut === 'both' ? '' : 'before\n';
    const text = before + random.pick(wrappings)(kept);
    return { text, secrets: lines.filter((line) => kept.includes(line)) };
  };
}

function cutInLine(isStart: boolean): Plant {
  return (random) => {
    const lines = body(random, 'MIIEpAIBAAKCAQEA', 900, 64);
    const text = ['-----BEGIN RSA PRIVATE KEY-----', ...lines, '-----END RSA PRIVATE KEY-----'].join('\n');
    const place = 32 + 65 * (2 + random.below(10)) + 1 + random.below(62);
    const kept = isStart ? text.slice(place) : text.slice(0, place);
    return {
      text: kept,
      secrets: kept.split('\n').filter((line) => line !== '' && !line.startsWith('-----')),
    };
  };
}

function putty(random: Random): Planted {
  const lines = body(random, '', 900, 64);
  const mac = random.text(hexDigits, 64);
  const all = [
    'PuTTY-User-Key-File-3: ssh-rsa',
    'Encryption: none',
    'Comment: rsa-key-20240101',
    'Public-Lines: 2',
    ...body(random, 'AAAAB3NzaC1yc2E', 120, 64),
    `Private-Lines: ${String(lines.length)}`,
    ...lines,
    `Private-MAC: ${mac}`,
  ];
  return { text: random.pick(wrappings)(all), secrets: [...lines, mac] };
}

/** At least sixty kinds of secrets, by name. */
export const kinds: Readonly<Record<string, Plant>> = {
  OpenRouter: prefixed('sk-or-v1-', hexDigits, 64),
  Anthropic: prefixed('sk-ant-api03-', base64url, 93, 'AA'),
  'OpenAI project': prefixed('sk-proj-', base64url, 120),
  OpenAI: token((random) => `sk-${random.text(alnum, 20)}T3BlbkFJ${random.text(alnum, 20)}`),
  DeepSeek: prefixed('sk-', hexDigits, 32),
  'GitHub classic': token(
    (random) => `gh${random.pick(['p', 'o', 'u', 's', 'r'])}_${random.text(alnum, 36)}`,
  ),
  'GitHub fine-grained': token((random) => `github_pat_${random.text(alnum, 22)}_${random.text(alnum, 59)}`),
  GitLab: prefixed('glpat-', base64url, 20),
  'GitLab runner': prefixed('glrt-', base64url, 20),
  npm: prefixed('npm_', alnum, 36),
  PyPI: prefixed('pypi-AgEIcHlwaS5vcmc', base64url, 120),
  RubyGems: prefixed('rubygems_', hexDigits, 48),
  'Slack bot': token(
    (random) => `xoxb-${random.text(digits, 12)}-${random.text(digits, 12)}-${random.text(alnum, 24)}`,
  ),
  'Slack app': token(
    (random) =>
      `xapp-1-A${random.text(upper + digits, 10)}-${random.text(digits, 13)}-${random.text(hexDigits, 64)}`,
  ),
  'Slack xoxe': token((random) => `xoxe.xoxp-1-${random.text(alnum, 160)}`),
  'Slack refresh': token((random) => `xoxe-1-${random.text(alnum, 140)}`),
  'Slack webhook': token(
    (random) =>
      `https://hooks.slack.com/services/T${random.text(upper + digits, 8)}/B${random.text(upper + digits, 8)}/${random.text(alnum, 24)}`,
  ),
  'Stripe live': prefixed('sk_live_', alnum, 24),
  'Stripe restricted': prefixed('rk_test_', alnum, 99),
  'Stripe webhook': prefixed('whsec_', alnum, 32),
  SendGrid: token((random) => `SG.${random.text(base64url, 22)}.${random.text(base64url, 43)}`),
  'Twilio key': prefixed('SK', hexDigits, 32),
  'Twilio token': named(
    (random) => random.text(hexDigits, 32),
    ['TWILIO_AUTH_TOKEN=§\n', 'twilioAuthToken: "§"', "const authToken = '§';"],
  ),
  Mailgun: prefixed('key-', hexDigits, 32),
  Mailchimp: token((random) => `${random.text(hexDigits, 32)}-us${String(1 + random.below(20))}`),
  'AWS key id': token((random) => `${random.pick(['AKIA', 'ASIA'])}${random.text(`${upper}234567`, 16)}`),
  'AWS secret': named(
    (random) => random.text(base64, 40),
    [
      'aws_secret_access_key = §\n',
      'AWS_SECRET_ACCESS_KEY=§\n',
      'secretAccessKey: "§",',
      '"SecretAccessKey": "§"',
      "aws_secret_access_key='§'",
      'export AWS_SECRET_ACCESS_KEY="§"',
    ],
  ),
  'AWS session': named(
    (random) => random.text(base64, 300),
    ['aws_session_token = §\n', '"SessionToken": "§"'],
  ),
  'Google API': prefixed('AIza', base64url, 35),
  'Google OAuth secret': prefixed('GOCSPX-', base64url, 28),
  'Google access': prefixed('ya29.', base64url, 120),
  'GCP service account': (random) => {
    const lines = body(random, 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 900, 64);
    const key = `-----BEGIN PRIVATE KEY-----\\n${lines.join('\\n')}\\n-----END PRIVATE KEY-----\\n`;
    const text = `{\n  "type": "service_account",\n  "private_key": "${key}",\n  "client_email": "a@b.iam.gserviceaccount.com"\n}`;
    return { text, secrets: lines };
  },
  'Azure account key': named(
    (random) => `${random.text(base64, 86)}==`,
    [
      'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=§;EndpointSuffix=core.windows.net',
      'AccountKey=§',
      '"connectionString": "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=§"',
      'Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=§',
    ],
  ),
  'Azure AD secret': token((random) => `${random.text(alnum, 3)}8Q~${random.text(`${alnum}_.-`, 34)}`),
  'Azure SAS': named(
    (random) => `${random.text(alnum, 43)}%3D`,
    [
      'https://a.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig=§',
      'https://a.blob.core.windows.net/c?sig=§&sv=2022',
    ],
  ),
  HuggingFace: prefixed('hf_', lower + upper, 34),
  Groq: prefixed('gsk_', alnum, 52),
  Replicate: prefixed('r8_', alnum, 37),
  DigitalOcean: prefixed('dop_v1_', hexDigits, 64),
  Databricks: prefixed('dapi', hexDigits, 32),
  'Docker PAT': prefixed('dckr_pat_', base64url, 27),
  'Docker auths': named(userAndPassword, [
    '{"auths":{"https://images.example.com/v1/":{"auth":"§"}}}',
    '{\n\t"auths": {\n\t\t"images.example.com": {\n\t\t\t"auth": "§"\n\t\t}\n\t}\n}',
  ]),
  'npm legacy auth': named(userAndPassword, ['_auth=§\n', '//registry.example.com/:_auth = "§"\n']),
  Vault: prefixed('hvs.', base64url, 95),
  '1Password service account': prefixed('ops_eyJ', base64, 300),
  '1Password secret key': token(
    (random) => `A3-${[6, 6, 5, 5, 5, 5].map((length) => random.text(upper + digits, length)).join('-')}`,
  ),
  Shopify: prefixed('shpat_', hexDigits, 32),
  Square: prefixed('sq0atp-', base64url, 22),
  Linear: prefixed('lin_api_', alnum, 40),
  Notion: prefixed('ntn_', alnum, 46),
  Figma: prefixed('figd_', base64url, 40),
  Atlassian: prefixed('ATATT3xFfGF0', base64url, 180),
  Postman: token((random) => `PMAK-${random.text(hexDigits, 24)}-${random.text(hexDigits, 34)}`),
  Grafana: token((random) => `glsa_${random.text(alnum, 32)}_${random.text(hexDigits, 8)}`),
  'New Relic': prefixed('NRAK-', upper + digits, 27),
  Telegram: token((random) => `${random.text('123456789', 10)}:AA${random.text(base64url, 33)}`),
  'Discord bot': token(
    (random) => `M${random.text(alnum, 25)}.${random.text(base64url, 6)}.${random.text(base64url, 38)}`,
  ),
  Tailscale: token((random) => `tskey-auth-${random.text(alnum, 12)}CNTRL-${random.text(alnum, 32)}`),
  Cloudflare: token((random) => `cfut_${random.text(alnum, 40)}${random.text(hexDigits, 8)}`),
  'Terraform Cloud': token((random) => `${random.text(alnum, 14)}.atlasv1.${random.text(base64url, 67)}`),
  Apify: prefixed('apify_api_', alnum, 36),
  Firecrawl: prefixed('fc-', hexDigits, 32),
  Trello: prefixed('ATTA', hexDigits, 64),
  Klaviyo: prefixed('pk_', hexDigits, 34),
  ClickUp: prefixed('pk_12345678_', upper + digits, 32),
  'Firebase messaging': token(
    (random) => `AAAA${random.text(base64url, 7)}:APA91b${random.text(base64url, 134)}`,
  ),
  'seed phrase': named(
    (random) => Array.from({ length: 12 }, () => random.text(lower, 5)).join(' '),
    ['MNEMONIC="§"\n', 'const mnemonic = "§";', 'seed phrase: §\n', '{"seedPhrase": "§"}'],
  ),
  'passwords in a list': (random) => {
    const [one, two] = [password(random), password(random)];
    const text = random.pick([
      (a: string, b: string) => `passwords = ["${a}", '${b}']`,
      (a: string, b: string) => `passwords:\n  - ${a}\n  - ${b}\n`,
      (a: string, b: string) => `{"passwords": [\n  "${a}",\n  "${b}"\n]}`,
    ])(one, two);
    return { text, secrets: [one, two] };
  },
  age: prefixed('AGE-SECRET-KEY-1', upper + digits, 58),
  JWT: token(
    (random) =>
      `eyJ${random.text(base64url, 33)}.eyJ${random.text(base64url, 80)}.${random.text(base64url, 43)}`,
  ),
  Bearer: named(apiKey, [
    'Authorization: Bearer §\n',
    "headers: { Authorization: 'Bearer §' }",
    'curl -H "Authorization: Bearer §" https://example.com',
    '"authorization": "bearer §"',
    'Bearer §',
  ]),
  Authorization: named(apiKey, ['Authorization: token §\n', 'authorization: "§"', 'Authorization: Token §']),
  Basic: named(userAndPassword, ['Authorization: Basic §\n', "'Authorization': 'Basic §'"]),
  'basic auth in a URL': url(
    [
      'https://bob:§@example.com/path',
      "fetch('https://bob:§@example.com')",
      'ftp://bob:§@files.example.com',
      'git clone https://bob:§@git.example.com/a.git',
    ],
    urlPassword,
  ),
  'special characters in a URL': url(
    [
      'https://bob:§@example.com/path',
      '"https://bob:§@example.com"',
      'url = https://bob:§@example.com:8443/\n',
    ],
    urlSpecial,
  ),
  'token in a URL': url(
    [
      'https://§@example.com/a.git',
      'https://x-access-token:§@github.com/a/b.git',
      'https://§:x-oauth-basic@github.com/a/b',
      'https://oauth2:§@gitlab.com/a/b',
    ],
    (random) => random.text(alnum, 40),
  ),
  redis: url(['redis://:§@cache:6379/0', 'REDIS_URL=rediss://default:§@cache.example.com:6380'], urlPassword),
  amqp: url(['amqp://guest:§@rabbit:5672/vhost', 'amqps://svc:§@mq.example.com'], urlPassword),
  mongodb: url(
    [
      'mongodb://root:§@mongo:27017/shop',
      'mongodb+srv://app:§@cluster0.abcde.mongodb.net/?retryWrites=true',
      'mongodb://a:§@h1:27017,h2:27017/db',
    ],
    urlSpecial,
  ),
  postgres: url(
    [
      'postgres://app:§@db.example.com:5432/shop',
      'DATABASE_URL="postgresql://app:§@localhost/shop"',
      'postgresql+asyncpg://a:§@db/x',
    ],
    urlSpecial,
  ),
  mysql: url(['mysql://root:§@127.0.0.1:3306/shop', 'jdbc:mysql://root:§@db.example.com/shop'], urlPassword),
  'SQL Server': named(password, [
    'Server=tcp:db,1433;User ID=sa;Password=§;Encrypt=true',
    '"Data Source=db;User Id=sa;Pwd=§"',
    'jdbc:sqlserver://db:1433;user=sa;password=§;',
  ]),
  netrc: named(special, [
    'machine api.heroku.com\n  login me@example.com\n  password §\n',
    'machine github.com login bob password §\n',
    'default login anonymous password §\n',
    '+machine a.com\n+  login x\n+  password §\n',
  ]),
  pgpass: named(password, ['db.example.com:5432:shop:app:§\n', '*:*:*:postgres:§\n']),
  'kube config token': named(apiKey, ['users:\n- name: admin\n  user:\n    token: §\n']),
  'kube config key': named(
    (random) => btoa(`-----BEGIN RSA PRIVATE KEY-----\n${random.text(base64, 900)}`),
    ['users:\n- name: admin\n  user:\n    client-key-data: §\n', 'key: "§"'],
  ),
  'kube secret': named(
    (random) => btoa(random.text(alnum, 15)),
    [
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  whatever: §\n',
      'kind: Secret\nstringData:\n  value: "§"\n',
    ],
  ),
  'curl user': named(password, [
    'curl -u bob:§ https://example.com',
    "curl --user 'bob:§' https://example.com",
  ]),
  'session cookie': named(
    (random) => random.text(alnum, 40),
    ['Cookie: theme=dark; sessionid=§; lang=en', 'Set-Cookie: connect.sid=§; Path=/; HttpOnly'],
  ),
  'JSON Web Key': (random) => {
    const secret = random.text(base64url, 43);
    return { text: `{"kty":"EC","crv":"P-256","x":"abc","d":"${secret}"}`, secrets: [secret] };
  },
  WireGuard: named((random) => `${random.text(base64, 43)}=`, ['PrivateKey = §\n', 'PresharedKey = §\n']),
  'password in quotes': named(password, quotedPasswords),
  'password without quotes': named(password, barePasswords),
  'special characters in quotes': named(special, [
    'password: "§"\n',
    'const password = "§";',
    '{"password": "§"}',
    'char password[] = "§";',
    "DB_PASSWORD='§'",
  ]),
  'special characters without quotes': named(special, [
    'DB_PASSWORD=§\n',
    'password: §\n',
    'db.password=§\n',
    'spring.datasource.password = §\n',
  ]),
  'API key in quotes': named(apiKey, quotedKeys),
  'API key without quotes': named(apiKey, bareKeys),
  'RSA key': pem('RSA PRIVATE KEY', 'MIIEpAIBAAKCAQEA', 900, 64, 'whole'),
  'PKCS 8 key': pem('PRIVATE KEY', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 900, 64, 'whole'),
  'EC key': pem('EC PRIVATE KEY', 'MHcCAQEEI', 164, 64, 'whole'),
  'Ed25519 key': pem('PRIVATE KEY', 'MC4CAQAwBQYDK2VwBCIEI', 64, 64, 'whole'),
  'encrypted key': pem('ENCRYPTED PRIVATE KEY', 'MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkq', 900, 64, 'whole'),
  'encrypted RSA key': pem('RSA PRIVATE KEY', '', 900, 64, 'whole', [
    'Proc-Type: 4,ENCRYPTED',
    'DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF',
  ]),
  'DSA key': pem('DSA PRIVATE KEY', 'MIIBuwIBAAKBgQ', 600, 64, 'whole'),
  'OpenSSH key': pem('OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ', 400, 70, 'whole'),
  'PGP key': pem('PGP PRIVATE KEY BLOCK', 'lQdGBGQ', 900, 64, 'whole', ['Version: GnuPG v2']),
  'PuTTY key': putty,
  'key without its beginning': pem('RSA PRIVATE KEY', 'MIIEpAIBAAKCAQEA', 900, 64, 'start'),
  'key without its end': pem('PRIVATE KEY', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 900, 64, 'end'),
  'EC key without its end': pem('EC PRIVATE KEY', 'MHcCAQEEI', 164, 64, 'end'),
  'OpenSSH key without its beginning': pem(
    'OPENSSH PRIVATE KEY',
    'b3BlbnNzaC1rZXktdjEAAAAA',
    1200,
    70,
    'start',
  ),
  'key without both': pem('RSA PRIVATE KEY', 'MIIEpAIBAAKCAQEA', 900, 64, 'both'),
  'key that begins in a line': cutInLine(true),
  'key that ends in a line': cutInLine(false),
};
