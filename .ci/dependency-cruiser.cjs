/**
 * The walls between the layers, the order of the folders inside them, and no circles; `eslint.config.js` holds the walls
 * import by import.
 */

/**
 * The folders of each layer. One may import those of the lines before its own; those of one line know nothing of each
 * other. A sub-folder is a folder of its own.
 */
const orders = {
  'src/core': [
    ['util', 'edits'],
    ['money'],
    ['model'],
    ['account', 'context'],
    ['context/secrets'],
    ['conversation'],
    ['conversation/generation'],
    ['conversation/persistence'],
    ['conversation/session'],
    ['usage', 'openrouter/transport'],
    ['openrouter/account', 'openrouter/signIn'],
    ['openrouter/chat'],
    ['prompts/structured'],
    ['prompts'],
    ['prompts/files'],
  ],
  'src/host': [
    ['platform', 'store'],
    ['words'],
    ['webviews', 'account', 'colors', 'workspace'],
    ['account/signIn', 'context/sources'],
    ['context'],
    ['prompts'],
    ['edits'],
    ['answers'],
    ['chat'],
    ['history', 'routing', 'usage', 'review', 'snippets', 'testGeneration'],
    ['models', 'promptFiles'],
    ['compare'],
    ['commands'],
  ],
  'src/webview': [
    ['shared'],
    ['markdown', 'code', 'files'],
    ['transcript'],
    ['composer'],
    ['chat', 'compare', 'usage', 'model'],
    ['panel'],
  ],
};

const filesOf = (layer, folder) => `^${layer}/${folder}/[^/]+$`;

/** A rule for each folder: it imports neither its neighbors nor what comes after it. Every folder has its place. */
function rulesOf([layer, order]) {
  const all = order.flat();
  const inOrder = order.flatMap((line, at) =>
    line.map((folder) => ({
      name: `${layer}: the place of ${folder}`,
      severity: 'error',
      from: { path: filesOf(layer, folder) },
      to: {
        path: order
          .slice(at)
          .flat()
          .filter((other) => other !== folder)
          .map((other) => filesOf(layer, other)),
      },
    })),
  );
  const unlisted = { path: `^${layer}/`, pathNot: all.map((folder) => filesOf(layer, folder)) };
  return [
    ...inOrder.filter(({ to }) => to.path.length > 0),
    { name: `${layer}: every folder has a place`, severity: 'error', from: unlisted, to: {} },
    { name: `${layer}: only folders with a place`, severity: 'error', from: {}, to: unlisted },
  ];
}

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circle-of-folders',
      scope: 'folder',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(orders).flatMap(rulesOf),
    {
      name: 'core-stands-alone',
      severity: 'error',
      from: { path: '^src/core' },
      to: { path: '^src', pathNot: '^src/core' },
    },
    {
      name: 'protocol-knows-nobody',
      severity: 'error',
      from: { path: '^src/protocol' },
      to: { path: '^src', pathNot: '^src/protocol' },
    },
    {
      name: 'webview-only-protocol',
      severity: 'error',
      from: { path: '^src/webview' },
      to: { path: '^src', pathNot: '^src/(webview|protocol)' },
    },
    {
      name: 'webview-pages-without-a-conversation',
      severity: 'error',
      from: { path: '^src/webview/(usage|model)/' },
      to: { path: '^src/webview/(?!usage/|model/|shared/)' },
    },
    {
      name: 'only-openrouter-imports-openai',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/core/openrouter' },
      to: { path: 'node_modules/openai' },
    },
    {
      name: 'few-are-trusted',
      comment: 'what leaves without having been cleaned, and why: see core/context/trusted.ts',
      severity: 'error',
      from: {
        pathNot: [
          '^src/core/conversation/(answerParts|session/answerRun|persistence/memoryStore)\\.ts$',
          '^src/core/prompts/structured/(structuredPrompt|strictSchema|jsonSchema)\\.ts$',
          '^src/host/store/(storedPart|flatAnswer)\\.ts$',
        ],
      },
      to: { path: '^src/core/context/trusted\\.ts$' },
    },
    {
      name: 'only-the-composition-joins-openrouter',
      comment: 'everybody else asks through the ports that core declares, or the feature that needs one',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(core/openrouter|composition)/' },
      to: { path: '^src/core/openrouter' },
    },
    {
      name: 'only-the-composition-opens-the-store',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(host/store|composition)/' },
      to: {
        path: '^src/host/store/(openStore|database|searchIndex|sqlite\\w+)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'composition-stands-above-all',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(composition/|extension\\.ts$)' },
      to: { path: '^src/(composition/|extension\\.ts$)' },
    },
    {
      name: 'the-root-knows-no-adapter',
      comment: 'extension.ts makes the features, and the composition what they stand on',
      severity: 'error',
      from: { path: '^src/extension\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(composition/|core/util/|host/platform/log\\.ts$)' },
    },
    {
      name: 'edits-stand-alone',
      severity: 'error',
      from: { path: '^src/core/edits' },
      to: { path: '^src', pathNot: '^src/core/edits' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
