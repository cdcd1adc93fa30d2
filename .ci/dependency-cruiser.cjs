/** Folders of a layer, each of which may import those before it; those of one line know nothing of each other. */
const webviewOrder = [
  ['shared'],
  ['markdown', 'code', 'files'],
  ['transcript'],
  ['composer'],
  ['chat', 'compare', 'usage', 'model'],
];

/** What keeps folders in their order: from each, neither its neighbors nor what comes after it. */
function folderOrder(layer, order) {
  return order.flatMap((folders, at) =>
    folders.map((folder) => ({
      name: `${layer}-order-${folder}`,
      severity: 'error',
      from: { path: `^src/${layer}/${folder}/` },
      to: {
        path: `^src/${layer}/(${order
          .slice(at)
          .flat()
          .filter((other) => other !== folder)
          .join('|')})/`,
      },
    })),
  );
}

/** The walls between the layers, and no circles; `eslint.config.js` holds the same walls import by import. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-stands-alone',
      severity: 'error',
      from: { path: '^src/core' },
      to: { path: '^src/(host|webview|protocol|composition|extension)' },
    },
    {
      name: 'protocol-knows-nobody',
      severity: 'error',
      from: { path: '^src/protocol' },
      to: { path: '^src/(host|webview|core|composition|extension)' },
    },
    {
      name: 'webview-only-protocol',
      severity: 'error',
      from: { path: '^src/webview' },
      to: { path: '^src/(host|core|composition|extension)' },
    },
    ...folderOrder('webview', webviewOrder),
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
      name: 'core-order',
      comment: 'util ← model ← context, conversation ← prompts',
      severity: 'error',
      from: { path: '^src/core/(util|model)' },
      to: { path: '^src/core/(conversation|context|prompts|openrouter)' },
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
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
