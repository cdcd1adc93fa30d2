/** One place broken on purpose. */
export interface Mutation {
  /** What is no longer true then. */
  readonly promise: string;
  readonly file: string;
  /** Occurs once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The test files that guard the promise. */
  readonly tests: readonly string[];
}

const unit = (name: string): readonly string[] => [`test/unit/${name}.test.ts`];
const contract = (name: string): readonly string[] => [`test/contract/${name}.test.ts`];
const panel = (name: string): readonly string[] => [`test/webview/${name}.test.ts`];

/** Places that matter: secrets, money, files, words that must not be lost, and what reaches the screen. */
export const mutations: readonly Mutation[] = [
  {
    promise: 'an API key is removed from the words of an error',
    file: 'src/core/util/withoutKeys.ts',
    find: "others.replace(/sk-or-[\\w-]{8,}/g, 'sk-or-…')",
    replace: 'others',
    tests: unit('core/apiKeyFormat'),
  },
  {
    promise: 'a secret is replaced by a mark',
    file: 'src/core/context/redaction.ts',
    find: 'result += text.slice(end, Math.max(end, secret.start));',
    replace: 'result += text.slice(end, secret.end);',
    tests: unit('core/redaction'),
  },
  {
    promise: 'OpenRouter keys are found in a text',
    file: 'src/core/context/secrets/vendors.ts',
    find: "key('openrouter', 'sk-or-v1- sk-or-',",
    replace: "key('openrouter', 'sk-or-v2-',",
    tests: unit('core/secrets/findSecrets'),
  },
  {
    promise: 'a quote that stands in several places is refused',
    file: 'src/core/edits/quotePlaces.ts',
    find: "return other !== undefined ? 'ambiguous' : (hinted ?? nearest(places, hint - 1) ?? 'ambiguous');",
    replace: 'return hinted ?? first;',
    tests: unit('core/edits/locate'),
  },
  {
    promise: 'an edit that changes nothing is not offered',
    file: 'src/core/edits/location.ts',
    find: "return { state: 'unchanged' };",
    replace: "return { state: 'found', ...placement };",
    tests: unit('core/edits/locate'),
  },
  {
    promise: 'new code keeps the line ends of the document',
    file: 'src/core/edits/location.ts',
    find: "placement.text.replaceAll('\\n', eol)",
    replace: 'placement.text',
    tests: unit('core/edits/locate'),
  },
  {
    promise: 'a change whose text was edited meanwhile is not written',
    file: 'src/core/edits/hunks.ts',
    find: 'const isAsItWas = text.slice(hunk.start, hunk.end) === hunk.before;',
    replace: 'const isAsItWas = true;',
    tests: unit('core/edits/hunks'),
  },
  {
    promise: 'a hunk that was typed in becomes stale',
    file: 'src/core/edits/hunks.ts',
    find: "within.length > 0 && hunk.state === 'pending' ? 'stale' : hunk.state",
    replace: 'hunk.state',
    tests: unit('core/edits/hunks'),
  },
  {
    promise: 'no edit reaches the folder of Git',
    file: 'src/core/edits/editPath.ts',
    find: '/^(?:\\.git|git~\\d+)$/i',
    replace: '/^(?:\\.git)$/',
    tests: unit('core/edits/editPath'),
  },
  {
    promise: 'no edit leads out of the workspace',
    file: 'src/core/edits/editPath.ts',
    find: '/^\\s|[.\\s]$/.test(segment)',
    replace: 'false',
    tests: unit('core/edits/editPath'),
  },
  {
    promise: 'nothing is tried again that may have been paid for',
    file: 'src/core/conversation/generation/retryingModel.ts',
    find: 'come.paid ||= mayBePaid(event);',
    replace: '',
    tests: unit('core/retryingModel'),
  },
  {
    promise: 'a request is tried three times at most',
    file: 'src/core/conversation/generation/retryingModel.ts',
    find: 'const maxTries = 3;',
    replace: 'const maxTries = 4;',
    tests: [...unit('core/retryingModel'), ...contract('retries')],
  },
  {
    promise: 'a pause that the service asks for is kept only up to a limit',
    file: 'src/core/conversation/generation/retryingModel.ts',
    find: 'return milliseconds <= limit ? milliseconds : undefined;',
    replace: 'return milliseconds;',
    tests: unit('core/retryingModel'),
  },
  {
    promise: 'what requests cost is kept with all its digits',
    file: 'src/core/money/money.ts',
    find: 'value * microDollarsPerDollar * picoDollarsPerMicroDollar',
    replace: 'Math.round(value * microDollarsPerDollar) * picoDollarsPerMicroDollar',
    tests: unit('core/money'),
  },
  {
    promise: 'a negative amount has its sign',
    file: 'src/core/money/money.ts',
    find: "amount < 0 && units > 0 ? '-' : ''",
    replace: "''",
    tests: unit('core/money'),
  },
  {
    promise: 'above the limit for a request one is asked',
    file: 'src/core/conversation/generation/requestEstimate.ts',
    find: 'cost.most > toPicoDollars(limit)',
    replace: 'cost.least > toPicoDollars(limit)',
    tests: unit('core/requestEstimate'),
  },
  {
    promise: 'a budget of a day that is used up stops a request',
    file: 'src/core/usage/meteredModel.ts',
    find: "if ('refusedBy' in admission) {",
    replace: "if ('refusedBy' in admission && admission.refusedBy !== 'day') {",
    tests: unit('core/ledgerModel'),
  },
  {
    promise: 'without the ledger a daily budget lets nothing pass',
    file: 'src/core/usage/meteredModel.ts',
    find: "throw new RequestError('ledger', { cause: error, detail });",
    replace: 'failed(error);',
    tests: unit('core/ledgerModel'),
  },
  {
    promise: 'a cost that no whole number holds is not known',
    file: 'src/core/openrouter/transport/usage.ts',
    find: 'Number.isSafeInteger(cost) ? { value: cost } : unsound',
    replace: '{ value: cost }',
    tests: contract('hostileUsage'),
  },
  {
    promise: 'what was read of an answer that was stopped counts',
    file: 'src/core/usage/meteredEntry.ts',
    find: 'this.#characters += event.text.length;',
    replace: '',
    tests: unit('core/ledgerModel'),
  },
  {
    promise: 'a server that stops sending is not waited for without end',
    file: 'src/core/openrouter/transport/streamWatch.ts',
    find: 'this.#bytes.expect(this.#patience.bytesMs);',
    replace: '',
    tests: [...unit('core/streamWatch'), ...contract('clientFailures')],
  },
  {
    promise: 'a link with a scheme that may run something is not followed',
    file: 'src/webview/markdown/safeLink.ts',
    find: "new Set(['https:', 'http:', 'mailto:'])",
    replace: "new Set(['https:', 'http:', 'mailto:', 'command:', 'javascript:'])",
    tests: unit('webview/links'),
  },
  {
    promise: 'an image is drawn only when it is part of the answer',
    file: 'src/webview/markdown/safeLink.ts',
    find: '? href : undefined',
    replace: '? href : href',
    tests: [...unit('webview/links'), ...panel('hostile')],
  },
  {
    promise: 'the panel asks for a snapshot when a step is missing',
    file: 'src/webview/shared/store.ts',
    find: "      this.#host.post({ type: 'ready' });\n    }",
    replace: '    }',
    tests: unit('webview/store'),
  },
  {
    promise: 'the end of an answer is shown without waiting for a frame',
    file: 'src/webview/shared/store.ts',
    find: 'if (this.#view && delta.changes.some(isEndOfAnswer)) {',
    replace: 'if (false) {',
    tests: unit('webview/store'),
  },
  {
    promise: 'two windows together spend no more than the budget',
    file: 'src/host/store/sqliteLedger.ts',
    find: 'const left = Math.max(0, budget.limit - this.#boundBy(budget));',
    replace: 'const left = budget.limit;',
    tests: unit('host/ledger'),
  },
  {
    promise: 'a request that failed before it began costs nothing',
    file: 'src/host/store/sqliteLedger.ts',
    find: "iif(:status = 'failed' AND generation_id IS NULL AND :assumed = 0, 0, NULL)",
    replace: 'NULL',
    tests: [...unit('host/ledger'), ...unit('core/ledgerModel'), ...unit('host/usageRecords')],
  },
  {
    promise: 'text that arrives is added to what is on the disk',
    file: 'src/host/store/sqliteConversationStore.ts',
    find: 'DO UPDATE SET text = part.text || excluded.text',
    replace: 'DO UPDATE SET text = excluded.text',
    tests: unit('host/conversationStore'),
  },
  {
    promise: 'the newest version of a message is shown',
    file: 'src/core/conversation/branches.ts',
    find: '?? versions.at(-1);',
    replace: '?? versions[0];',
    tests: unit('core/branches'),
  },
  {
    promise: 'half a character is neither drawn nor saved',
    file: 'src/core/openrouter/chat/response.ts',
    find: 'last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text',
    replace: 'text',
    tests: unit('core/response'),
  },
  {
    promise: 'a call that was broken off in the middle is not run',
    file: 'src/core/openrouter/chat/response.ts',
    find: 'const calls = stopped ? [] : completeCalls(this.#calls);',
    replace: 'const calls = completeCalls(this.#calls);',
    tests: [...unit('core/response'), ...unit('core/toolCalls'), ...contract('streamForms')],
  },
  {
    promise: 'a `$` of the code is no tab stop in a snippet',
    file: 'src/core/prompts/snippetText.ts',
    find: 'result += escapeText(snippet.body.slice(end, match.index)) + stopOf(name);',
    replace: 'result += snippet.body.slice(end, match.index) + stopOf(name);',
    tests: unit('core/snippetText'),
  },
  {
    promise: 'a tab stop is kept apart from the digits after it',
    file: 'src/core/prompts/snippetText.ts',
    find: 'return `\\${${String(known)}}`;',
    replace: 'return `$${String(known)}`;',
    tests: unit('core/snippetText'),
  },
  {
    promise: 'a link out of the workspace is not followed',
    file: 'src/core/context/fileAccess.ts',
    find: "(leadsOut(trail, chosen ? [...roots, chosen] : roots) ? { why: 'outside' } : undefined)",
    replace: 'undefined',
    tests: unit('core/fileAccess'),
  },
  {
    promise: 'excluded files are found whatever the case of their names',
    file: 'src/core/context/globs.ts',
    find: '    .toLowerCase()\n',
    replace: '',
    tests: unit('core/fileAccess'),
  },
  {
    promise: 'nothing that may be paid for is sent again unasked',
    file: 'src/core/conversation/generation/retryingModel.ts',
    find: 'if (!(error instanceof RequestError) || paid) {',
    replace: 'if (!(error instanceof RequestError)) {',
    tests: unit('core/retryingModel'),
  },
  {
    promise: 'chats can be read by their owner only',
    file: 'src/host/store/privateFiles.ts',
    find: 'file: 0o600 }',
    replace: 'file: 0o644 }',
    tests: unit('host/store'),
  },
];
