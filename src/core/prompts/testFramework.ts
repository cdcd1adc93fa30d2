import { objectIn, parseJson } from '../util/json.ts';

/** A file that describes a project's dependencies. */
export interface Manifest {
  /** Its name without a folder. */
  readonly name: string;
  readonly text: string;
}

/** How a project tests. */
export interface TestFramework {
  /** As models know it, for example `vitest`. */
  readonly name: string;
  /** Where its tests are, as globs, best first. */
  readonly tests: readonly string[];
  /** The command that runs one file, whose path is relative to the manifest's folder. */
  readonly command: (path: string) => readonly string[];
  /** The language's default, if no manifest names one. */
  readonly isGuess?: true;
}

/** How a language's projects are recognized. */
interface Ecosystem {
  readonly languages: readonly string[];
  /** As globs, best first. */
  readonly manifests: readonly string[];
  readonly decide: (manifests: readonly Manifest[]) => TestFramework | undefined;
}

const scriptEndings = '{js,mjs,cjs,jsx,ts,mts,cts,tsx}';
const scriptTests = [`**/*.{test,spec}.${scriptEndings}`];
const scriptFolders = [...scriptTests, `**/{test,tests}/**/*.${scriptEndings}`];
const jestTests = [...scriptTests, `**/__tests__/**/*.${scriptEndings}`];
const pythonTests = ['**/{test_*,*_test}.py'];
const jvmTests = ['**/src/test/**/*.{java,kt,groovy,scala}'];

function script(name: string, tests: readonly string[], ...command: readonly string[]): TestFramework {
  return { name, tests, command: (path) => [...command, path] };
}

/** Frameworks in a `package.json`, preferred first. */
const scriptFrameworks: readonly TestFramework[] = [
  script('vitest', scriptTests, 'npx', 'vitest', 'run'),
  script('jest', jestTests, 'npx', 'jest', '--runTestsByPath'),
  script('mocha', scriptFolders, 'npx', 'mocha'),
  script('ava', scriptFolders, 'npx', 'ava'),
];

const nodeTest = script('node:test', scriptFolders, 'node', '--test');
const pytest = script('pytest', pythonTests, 'python', '-m', 'pytest');
const unittest: TestFramework = {
  ...script('unittest', pythonTests, 'python', '-m', 'unittest'),
  isGuess: true,
};
const rspec = script('RSpec', ['**/*_spec.rb'], 'bundle', 'exec', 'rspec');
const minitest = script('Minitest', ['**/{*_test,test_*}.rb'], 'bundle', 'exec', 'ruby', '-Itest', '-Ilib');
const phpUnit = script('PHPUnit', ['**/*Test.php'], 'vendor/bin/phpunit');

const ecosystems: readonly Ecosystem[] = [
  {
    languages: ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'vue', 'svelte', 'astro'],
    manifests: ['package.json'],
    decide: (manifests) => scriptFrameworkOf(textOf(manifests, 'package.json')),
  },
  {
    languages: ['python'],
    manifests: [
      'pyproject.toml',
      'pytest.ini',
      'tox.ini',
      'setup.cfg',
      'setup.py',
      'requirements*.txt',
      'Pipfile',
    ],
    decide: pythonFrameworkOf,
  },
  {
    languages: ['go'],
    manifests: ['go.mod'],
    decide: () => ({
      name: 'the testing package of Go',
      tests: ['**/*_test.go'],
      command: (path) => ['go', 'test', folderOf(path)],
    }),
  },
  {
    languages: ['rust'],
    manifests: ['Cargo.toml'],
    decide: () => ({ name: 'cargo test', tests: ['**/tests/**/*.rs'], command: cargoCommand }),
  },
  {
    languages: ['java', 'kotlin', 'groovy', 'scala'],
    manifests: ['pom.xml', 'build.gradle', 'build.gradle.kts', 'gradlew'],
    decide: junitOf,
  },
  {
    languages: ['csharp', 'fsharp', 'vb'],
    manifests: ['*.csproj', '*.fsproj', '*.vbproj'],
    decide: dotnetOf,
  },
  {
    languages: ['ruby', 'erb'],
    manifests: ['Gemfile', '*.gemspec'],
    decide: (manifests) =>
      matches(manifests, /\brspec\b/) ? rspec : matches(manifests, /\bminitest\b/) ? minitest : undefined,
  },
  {
    languages: ['php'],
    manifests: ['composer.json'],
    decide: (manifests) => (matches(manifests, /"phpunit\/phpunit"/) ? phpUnit : undefined),
  },
];

/** Globs of the files that reveal how a language is tested. */
export function manifestsFor(languageId: string): readonly string[] {
  return ecosystemOf(languageId)?.manifests ?? [];
}

/** The framework that a folder's manifests name for a language; absent if none. */
export function testFrameworkOf(
  languageId: string,
  manifests: readonly Manifest[],
): TestFramework | undefined {
  return manifests.length === 0 ? undefined : ecosystemOf(languageId)?.decide(manifests);
}

/** The command that runs one test file, as words; absent for a path that looks like an option. */
export function testCommand(framework: TestFramework, path: string): readonly string[] | undefined {
  return /(?:^|\/)-/.test(path) ? undefined : framework.command(path);
}

function ecosystemOf(languageId: string): Ecosystem | undefined {
  return ecosystems.find(({ languages }) => languages.includes(languageId));
}

function scriptFrameworkOf(text: string): TestFramework | undefined {
  const manifest = objectIn(parseJson(text)) ?? {};
  const has = (name: string): boolean =>
    ['dependencies', 'devDependencies', 'peerDependencies'].some(
      (kind) => objectIn(manifest[kind])?.[name] !== undefined,
    );
  const scripts = Object.values(objectIn(manifest['scripts']) ?? {}).filter(
    (each) => typeof each === 'string',
  );
  return (
    scriptFrameworks.find(({ name }) => has(name)) ?? (scripts.some(runsNodeTest) ? nodeTest : undefined)
  );
}

/** `node … --test`, on one line. */
function runsNodeTest(script: string): boolean {
  return script.split('\n').some((line) => {
    const at = line.search(/\bnode\b/);
    return at >= 0 && /\s--test\b/.test(line.slice(at));
  });
}

function pythonFrameworkOf(manifests: readonly Manifest[]): TestFramework | undefined {
  if (manifests.some(({ name }) => name === 'pytest.ini') || matches(manifests, /\bpytest\b/)) {
    return pytest;
  }
  return unittest;
}

function junitOf(manifests: readonly Manifest[]): TestFramework | undefined {
  const isMaven = manifests.some(({ name }) => name === 'pom.xml');
  const builds = manifests.filter(({ name }) => name !== 'gradlew');
  if (!matches(builds, /junit/i)) {
    return undefined;
  }
  const gradle = manifests.some(({ name }) => name === 'gradlew') ? './gradlew' : 'gradle';
  const four = matches(builds, /["':>]junit["':<][\s\S]{0,80}?\b4\.\d/);
  return {
    name: four && !matches(builds, /jupiter/) ? 'JUnit 4' : 'JUnit 5',
    tests: jvmTests,
    command: (path) =>
      isMaven ? ['mvn', 'test', `-Dtest=${stemOf(path)}`] : [gradle, 'test', '--tests', stemOf(path)],
  };
}

function dotnetOf(manifests: readonly Manifest[]): TestFramework | undefined {
  const name = matches(manifests, /"xunit\b/i)
    ? 'xUnit'
    : matches(manifests, /"nunit\b/i)
      ? 'NUnit'
      : undefined;
  return name === undefined
    ? undefined
    : {
        name,
        tests: ['**/*{Test,Tests}.{cs,fs,vb}'],
        command: (path) => ['dotnet', 'test', '--filter', stemOf(path)],
      };
}

/** An integration test runs alone; a module's tests run with all others. */
function cargoCommand(path: string): readonly string[] {
  return /^tests\/[^/]+\.rs$/.test(path) ? ['cargo', 'test', '--test', stemOf(path)] : ['cargo', 'test'];
}

function textOf(manifests: readonly Manifest[], wanted: string): string {
  return manifests.find(({ name }) => name === wanted)?.text ?? '';
}

function matches(manifests: readonly Manifest[], pattern: RegExp): boolean {
  return manifests.some(({ text }) => pattern.test(text));
}

/** A file name without folder and extension. */
function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('.') ? name.slice(0, name.indexOf('.')) : name;
}

function folderOf(path: string): string {
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  return folder === '' ? '.' : `./${folder}`;
}
