import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { FileAccess } from '../../../src/core/context/fileAccess.ts';
import { readGlob, segmentsOf } from '../../../src/core/context/globs.ts';
import { startOwnTimer } from '../../support/ownTime.ts';

/** Files by name, where a link gives the path that it leads to. */
function access(
  globs: readonly string[],
  links: Readonly<Record<string, string>> = {},
  folders: readonly string[] = ['/home/me/shop'],
): FileAccess<string> {
  const trailOf = (path: string): readonly string[] => {
    const link = Object.keys(links).find((each) => path === each || path.startsWith(`${each}/`));
    return link === undefined ? [path] : [path, ...trailOf(`${links[link] ?? ''}${path.slice(link.length)}`)];
  };
  return new FileAccess({
    trailOf: (path) => Promise.resolve(trailOf(path)),
    folders: () => folders,
    globs: () => Promise.resolve(globs),
  });
}

const inShop = (path: string): string => (path.startsWith('/') ? path : `/home/me/shop/${path}`);

async function excludes(glob: string, path: string, folders?: readonly string[]): Promise<boolean> {
  return (await access([glob], {}, folders).refusalOf(inShop(path)))?.why === 'excluded';
}

/** Each pattern with what it excludes, and what it doesn't. Paths are below the folder, unless they begin with a slash. */
const table: readonly (readonly [pattern: string, excluded: readonly string[], free: readonly string[]])[] = [
  [
    'secrets/**',
    ['secrets/a', 'secrets/deep/a.txt', 'Secrets/A'],
    ['secret/a', 'my-secrets/a', 'src/secrets/a'],
  ],
  ['secrets/', ['secrets/a', 'src/secrets/deep/a'], ['secret', 'secrets.txt']],
  ['secrets', ['secrets', 'secrets/a', 'src/secrets/a'], ['secrets2', 'xsecrets/a']],
  ['*.secret', ['a.secret', 'src/deep/a.secret', 'a.SECRET', '/elsewhere/b.secret'], ['secret', 'a.secrets']],
  ['.env', ['.env', 'src/.env', '.ENV', '/elsewhere/.env'], ['.env.local', 'env', 'x.env']],
  [
    'config/prod.json',
    ['config/prod.json', 'Config/PROD.json', '/elsewhere/config/prod.json'],
    ['src/config/prod.json', 'config/prod.json5', 'config/prod/json'],
  ],
  ['/config/prod.json', ['config/prod.json', '/config/prod.json'], ['src/config/prod.json']],
  ['./config/prod.json', ['config/prod.json'], ['src/config/prod.json']],
  ['./.env', ['.env'], ['src/.env']],
  ['config\\prod.json', ['config/prod.json'], ['prod.json']],
  ['secrets\\**', ['secrets/a'], ['a']],
  ['**/.env*', ['.env', 'a/.env.local', 'A/.Env.Prod', '/x/.env'], ['a/x.env']],
  ['**/.ssh/**', ['.ssh/config', 'a/.ssh/b/c', '/home/me/.ssh/id'], ['ssh/config', '.sshx/a']],
  ['src/**/*.key', ['src/a.key', 'src/b/c/a.key'], ['a.key', 'lib/a.key']],
  ['src/*', ['src/a', 'src/a/b'], ['a', 'lib/src/a']],
  ['**', ['a', 'b/c', '/x'], []],
  ['*.{pem,key}', ['a.pem', 'b/a.KEY'], ['a.pub', 'a.{pem,key}']],
  ['{a,b/{c,d}}/x', ['a/x', 'b/c/x', 'b/d/x'], ['b/x', 'c/x']],
  ['file.{a', ['file.{a'], ['file.a']],
  ['key-[0-9].txt', ['key-1.txt'], ['key-a.txt', 'key-12.txt']],
  ['key-[!0-9].txt', ['key-a.txt'], ['key-1.txt']],
  ['key-[^a-c].txt', ['key-d.txt'], ['key-B.txt']],
  ['a?c', ['abc', 'x/aüc'], ['ac', 'abbc']],
  ['a**c', ['ac', 'abbbc'], ['a/c']],
  ['schlüssel', ['schlu\u0308ssel', 'SCHLÜSSEL'], ['schlussel']],
  ['/home/me/other/**', ['/home/me/other/a'], ['home', '/home/me/others/a']],
  [' .env ', ['.env'], ['env']],
  ['${workspaceFolder}/secrets/**', ['secrets/a'], ['src/secrets/a']],
  ['${workspaceFolder:shop}/prod.json', ['prod.json'], ['src/prod.json']],
  ['~/.aws/**', ['/home/me/.aws/a', '/root/.aws/a'], ['aws/a']],
  ['${userHome}/.netrc', ['/home/me/.netrc', '.netrc'], ['netrc']],
  ['$HOME/keys/*', ['/home/me/keys/a'], ['/home/me/key/a']],
];

describe('a pattern that excludes files', () => {
  for (const [pattern, excluded, free] of table) {
    it(`${JSON.stringify(pattern)} matches as .gitignore and VS Code do`, async () => {
      for (const path of excluded) {
        assert.equal(await excludes(pattern, path), true, path);
      }
      for (const path of free) {
        assert.equal(await excludes(pattern, path), false, path);
      }
    });
  }

  it('that takes an exclusion back, leads upward, or has too many alternatives is none', () => {
    const many = '{a,b}'.repeat(20);
    for (const pattern of ['!.env', '', '  ', '../x', 'a/../b', '/', './', many, 'a'.repeat(3_000)]) {
      assert.equal(readGlob(pattern), undefined, pattern.slice(0, 20));
    }
  });

  it('finds the default patterns in whatever case', async () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { default: string[] }> } };
    };
    const globs = manifest.contributes.configuration.properties['switchboard.context.exclude']?.default ?? [];
    const files = [
      '.ENV',
      'a/.Env.local',
      'ID_RSA',
      'a/Id_Ed25519.bak',
      '.NPMRC',
      'Server.PEM',
      '.SSH/x',
      'a.TFSTATE',
    ];
    for (const file of files) {
      assert.equal((await access(globs).refusalOf(inShop(file)))?.why, 'excluded', file);
    }
    for (const file of ['src/environment.ts', 'keys.ts', 'README.md', 'npmrc.md']) {
      assert.equal(await access(globs).refusalOf(inShop(file)), undefined, file);
    }
  });

  it('may begin with the name of a folder, if there are several', async () => {
    const folders = ['/home/me/shop', '/home/me/api'];
    assert.equal(await excludes('api/secrets/**', '/home/me/api/secrets/a', folders), true);
    assert.equal(await excludes('secrets/**', '/home/me/api/secrets/a', folders), true);
    assert.equal(await excludes('api/secrets/**', 'secrets/a', folders), false);
  });

  it("isn't found in the names of the folders that the workspace is in, unless it says so", async () => {
    assert.equal(await excludes('home', 'a.ts'), false);
    assert.equal(await excludes('*.key', 'a.ts', ['/home/x.key/shop']), false);
    assert.equal(await excludes('**/.aws/**', '/home/me/.aws/credentials', ['/home/me/.aws']), true);
  });

  it('excludes a path that is spelled like it', () => {
    const segment = fc.stringMatching(/^[\w.-]{1,8}$/).filter((text) => !/^\.+$|^[a-z]:$/.test(text));
    const path = fc.array(segment, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(path, fc.nat(4), (segments, at) => {
        const place = { absolute: ['x', ...segments], relative: [segmentsOf(segments.join('/'))] };
        const wild = segments.map((each, index) => (index === at ? '*' : each));
        for (const pattern of [
          segments.join('/'),
          wild.join('/'),
          `**/${segments.at(-1) ?? ''}`,
          segments.at(-1),
        ]) {
          assert.equal(readGlob(pattern ?? '')?.matches(place), true, pattern);
        }
      }),
    );
  });

  it('takes no longer where it almost matches', () => {
    const long = 'a'.repeat(10_000);
    const deep = Array.from({ length: 300 }, () => 'a');
    const passed = startOwnTimer();
    for (const pattern of [
      `${'*a'.repeat(100)}b`,
      `${'**/a/'.repeat(100)}b`,
      '{a,{'.repeat(400),
      '['.repeat(1_900),
    ]) {
      assert.equal(
        readGlob(pattern)?.matches({ absolute: [long, ...deep], relative: [[long], deep] }),
        false,
      );
    }
    assert.ok(passed() < 2_000);
  });
});

describe('what may be touched', () => {
  const outside = { why: 'outside' };

  it('is decided by where a link leads, and by every name on the way', async () => {
    const globs = ['.env', '*.pem'];
    const links = {
      '/home/me/shop/notes.txt': '/home/me/shop/.env',
      '/home/me/shop/.env.link': '/home/me/shop/notes.txt',
      '/home/me/shop/cert.pem': '/home/me/shop/plain.txt',
      '/home/me/shop/lib': '/home/me/shop/src',
    };
    const excluded = (glob: string, isLinked: boolean) => ({ why: 'excluded', glob, isLinked });
    const cases = [
      ['.env', excluded('.env', false)],
      ['notes.txt', excluded('.env', true)],
      ['.env.link', excluded('.env', true)],
      ['cert.pem', excluded('*.pem', false)],
      ['lib/a.pem', excluded('*.pem', false)],
      ['lib/a.ts', undefined],
      ['plain.txt', undefined],
    ] as const;
    for (const [path, refusal] of cases) {
      assert.deepEqual(await access(globs, links).refusalOf(inShop(path)), refusal, path);
    }
  });

  it('is no file of the workspace that a link leads out of it', async () => {
    const links = {
      '/home/me/shop/AGENTS.md': '/etc/passwd',
      '/home/me/shop/out': '/srv/data',
      '/home/me/shop/near': '/home/me/shopping',
      '/home/me/shop/up': '/home/me/SHOP',
      '/home/me/shop/api': '/home/me/api/src',
    };
    const folders = ['/home/me/shop', '/home/me/api'];
    for (const path of ['AGENTS.md', 'out/a/b', 'near/a', 'up/a', 'out']) {
      assert.deepEqual(await access([], links, folders).refusalOf(inShop(path)), outside, path);
    }
    assert.equal(await access([], links, folders).refusalOf(inShop('api/a')), undefined);
    assert.deepEqual(await access([], links).refusalOf(inShop('api/a')), outside);
    assert.equal(
      await access([], links).refusalOf('/srv/data/a'),
      undefined,
      'the user chose it by its own name',
    );
  });

  it('is what is in a folder that is itself a link', async () => {
    const links = { '/home/me/shop': '/data/shop', '/data/shop/out': '/etc' };
    assert.equal(await access(['/src/.env'], links).refusalOf(inShop('src/a')), undefined);
    assert.equal((await access(['src/.env'], links).refusalOf('/data/shop/src/.env'))?.why, 'excluded');
    assert.deepEqual(await access([], links).refusalOf('/data/shop/out/passwd'), outside);
  });

  it('is what is in a folder that was chosen outside of the workspace', async () => {
    const links = { '/srv/docs/out': '/etc/passwd', '/srv/docs/shop': '/home/me/shop/a' };
    const files = access([], links);
    assert.equal(await files.refusalOf('/srv/docs/a', '/srv/docs'), undefined);
    assert.equal(await files.refusalOf('/srv/docs/shop', '/srv/docs'), undefined);
    assert.deepEqual(await files.refusalOf('/srv/docs/out', '/srv/docs'), outside);
  });
});
