import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  manifestsFor,
  testCommand,
  testFrameworkOf,
  type Manifest,
} from '../../../src/core/prompts/testFramework.ts';

const npm = (facts: object): Manifest => ({ name: 'package.json', text: JSON.stringify(facts) });

const decided: readonly (readonly [
  language: string,
  manifests: readonly Manifest[],
  name: string | undefined,
  file: string,
  command: string | undefined,
])[] = [
  [
    'typescript',
    [npm({ devDependencies: { vitest: '3', jest: '29' } })],
    'vitest',
    'src/a.test.ts',
    'npx vitest run src/a.test.ts',
  ],
  [
    'typescriptreact',
    [npm({ devDependencies: { jest: '29' } })],
    'jest',
    'src/a.test.tsx',
    'npx jest --runTestsByPath src/a.test.tsx',
  ],
  ['javascript', [npm({ devDependencies: { mocha: '1' } })], 'mocha', 'test/a.js', 'npx mocha test/a.js'],
  ['javascript', [npm({ dependencies: { ava: '6' } })], 'ava', 'test/a.js', 'npx ava test/a.js'],
  [
    'javascript',
    [npm({ scripts: { test: 'node --enable-source-maps --test' } })],
    'node:test',
    'a.test.js',
    'node --test a.test.js',
  ],
  ['javascript', [npm({ name: 'mocha' })], undefined, '', undefined],
  ['javascript', [{ name: 'package.json', text: '{ "devDependencies": ' }], undefined, '', undefined],
  ['javascript', [npm({ scripts: [], devDependencies: 'jest' })], undefined, '', undefined],
  [
    'python',
    [{ name: 'pyproject.toml', text: '[dependency-groups]\ndev = ["pytest>=8"]\n' }],
    'pytest',
    'tests/test_a.py',
    'python -m pytest tests/test_a.py',
  ],
  ['python', [{ name: 'requirements-dev.txt', text: 'pytest==8.1\n' }], 'pytest', 'test_a.py', undefined],
  ['python', [{ name: 'setup.cfg', text: '[tool:pytest]\n' }], 'pytest', 'test_a.py', undefined],
  [
    'python',
    [{ name: 'requirements.txt', text: 'requests\n' }],
    'unittest',
    'tests/test_a.py',
    'python -m unittest tests/test_a.py',
  ],
  [
    'go',
    [{ name: 'go.mod', text: 'module example.org/a\n' }],
    'the testing package of Go',
    'shop/cart_test.go',
    'go test ./shop',
  ],
  ['go', [{ name: 'go.mod', text: '' }], 'the testing package of Go', 'cart_test.go', 'go test .'],
  [
    'rust',
    [{ name: 'Cargo.toml', text: '[package]' }],
    'cargo test',
    'tests/cart.rs',
    'cargo test --test cart',
  ],
  ['rust', [{ name: 'Cargo.toml', text: '[package]' }], 'cargo test', 'src/cart.rs', 'cargo test'],
  [
    'java',
    [{ name: 'pom.xml', text: '<artifactId>junit-jupiter</artifactId>' }],
    'JUnit 5',
    'src/test/java/CartTest.java',
    'mvn test -Dtest=CartTest',
  ],
  [
    'java',
    [{ name: 'pom.xml', text: '<artifactId>junit</artifactId>\n<version>4.13</version>' }],
    'JUnit 4',
    'src/test/java/CartTest.java',
    'mvn test -Dtest=CartTest',
  ],
  [
    'kotlin',
    [
      { name: 'build.gradle.kts', text: 'testImplementation("org.junit.jupiter:junit-jupiter:5.1")' },
      { name: 'gradlew', text: '' },
    ],
    'JUnit 5',
    'src/test/kotlin/CartTest.kt',
    './gradlew test --tests CartTest',
  ],
  ['java', [{ name: 'build.gradle', text: 'plugins {}' }], undefined, '', undefined],
  [
    'csharp',
    [{ name: 'Shop.Tests.csproj', text: '<PackageReference Include="xunit" Version="2" />' }],
    'xUnit',
    'CartTests.cs',
    'dotnet test --filter CartTests',
  ],
  [
    'csharp',
    [{ name: 'Shop.csproj', text: '<PackageReference Include="NUnit" />' }],
    'NUnit',
    'CartTests.cs',
    'dotnet test --filter CartTests',
  ],
  [
    'ruby',
    [{ name: 'Gemfile', text: 'gem "rspec"' }],
    'RSpec',
    'spec/cart_spec.rb',
    'bundle exec rspec spec/cart_spec.rb',
  ],
  [
    'ruby',
    [{ name: 'Gemfile', text: "gem 'minitest'" }],
    'Minitest',
    'test/cart_test.rb',
    'bundle exec ruby -Itest -Ilib test/cart_test.rb',
  ],
  [
    'php',
    [{ name: 'composer.json', text: '{"require-dev":{"phpunit/phpunit":"^11"}}' }],
    'PHPUnit',
    'tests/CartTest.php',
    'vendor/bin/phpunit tests/CartTest.php',
  ],
  ['markdown', [npm({ devDependencies: { jest: '29' } })], undefined, '', undefined],
  ['python', [], undefined, '', undefined],
];

describe('the test framework of a project', () => {
  for (const [language, manifests, name, file, command] of decided) {
    const from = manifests.map((each) => `${each.name} ${each.text.replaceAll('\n', ' ')}`).join(', ');
    it(`is ${name ?? 'not known'}: ${language}, ${from}`, () => {
      const framework = testFrameworkOf(language, manifests);
      assert.equal(framework?.name, name);
      if (framework && command !== undefined) {
        assert.equal(testCommand(framework, file)?.join(' '), command);
      }
    });
  }

  it('runs no file whose name a program may take for an option', () => {
    const framework = testFrameworkOf('go', [{ name: 'go.mod', text: '' }]);
    assert.ok(framework);
    assert.equal(testCommand(framework, '-exec=x/a_test.go'), undefined);
    assert.equal(testCommand(framework, 'a/-x_test.go'), undefined);
  });

  it('is looked for by the names of its manifests', () => {
    assert.deepEqual(manifestsFor('typescript'), ['package.json']);
    assert.deepEqual(manifestsFor('plaintext'), []);
  });
});
