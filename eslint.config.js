import tseslint from 'typescript-eslint';

/** Says why an import is refused, so that the wall explains itself. */
function wall(message, patterns) {
  return ['error', { patterns: patterns.map((group) => ({ group: [group].flat(), message })) }];
}

const claimsOfBeingClean = {
  selector: 'TSAsExpression TSTypeReference[typeName.name=/^Clean/]',
  message: 'only core/context says that something is clean',
};

/** What reaches outside is made in one place, so that every feature can be given another. */
const madeAdapters = {
  selector: 'NewExpression[callee.name=/^(Sqlite|OpenRouter)|^(ApiKeyStore|CatalogFile|ServerIdentity)$/]',
  message: 'only src/composition makes adapters',
};

const parents = (layer) => [`**/${layer}/**`];

export default tseslint.config(
  { ignores: ['dist/**', '.vscode-test/**', 'node_modules/**', 'examples/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'scripts/*.js', 'test/support/*.cjs', '.ci/*.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // A promise that nobody waits for is marked with `void`, at the line where that is decided.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-imports': wall('core runs in plain Node: no editor, no node: modules, no other layer', [
        'vscode',
        'node:*',
        parents('host'),
        parents('webview'),
        parents('protocol'),
      ]),
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', 'self', 'document', 'window'],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['src/core/openrouter/**'],
    rules: {
      'no-restricted-imports': wall(
        'only core/openrouter knows the service; the rest of core declares ports',
        [
          'vscode',
          'node:*',
          'openai',
          parents('host'),
          parents('webview'),
          parents('protocol'),
          parents('openrouter'),
        ],
      ),
    },
  },
  {
    files: ['src/protocol/**/*.ts'],
    rules: {
      'no-restricted-imports': wall('protocol is shared by host and panel and knows neither', [
        'vscode',
        'node:*',
        'openai',
        parents('host'),
        parents('webview'),
      ]),
    },
  },
  {
    files: ['src/webview/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': wall('the panel draws what the host says; it imports protocol only', [
        'vscode',
        'node:*',
        'openai',
        'zod',
        'zod/*',
        parents('host'),
        parents('core'),
      ]),
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
          message: 'HTML is never made from strings',
        },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'HTML is never made from strings',
        },
      ],
    },
  },
  {
    files: ['src/host/**/*.ts'],
    rules: {
      'no-restricted-imports': wall(
        'the host talks to the panel through protocol, and to the service through ports that src/composition fills',
        [parents('webview'), parents('openrouter'), parents('composition')],
      ),
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/webview/**'],
    rules: { 'no-restricted-syntax': ['error', claimsOfBeingClean, madeAdapters] },
  },
  {
    files: ['src/core/context/{clean,cleaner,trusted}.ts'],
    rules: { 'no-restricted-syntax': ['error', madeAdapters] },
  },
  {
    files: ['src/composition/**/*.ts', 'src/host/store/openStore.ts', 'src/core/openrouter/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', claimsOfBeingClean] },
  },
  {
    // What runs in a terminal speaks there.
    files: ['scripts/**', 'test/**', 'esbuild.js'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      // Template texts in tests show numbers and the like as they are.
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
