import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CleanText } from '../../../../src/core/context/clean.ts';
import { Cleaner } from '../../../../src/core/context/cleaner.ts';
import { findSecrets } from '../../../../src/core/context/secrets/findSecrets.ts';
import { titleFrom } from '../../../../src/core/conversation/conversation.ts';
import type { ChatRequest } from '../../../../src/core/conversation/generation/chatModel.ts';
import type { RequestSettings } from '../../../../src/core/model/requestSettings.ts';
import { toHttpRequest } from '../../../../src/core/openrouter/chat/httpRequest.ts';
import { titleRequest } from '../../../../src/core/prompts/chatTitle.ts';
import { documentCode, editCode, refactorCode } from '../../../../src/core/prompts/editCode.ts';
import { explainCode } from '../../../../src/core/prompts/explainCode.ts';
import { fileEdits, fileReview, fileSnippet } from '../../../../src/core/prompts/files/filePrompts.ts';
import { fixCode } from '../../../../src/core/prompts/fixCode.ts';
import { generateSnippet } from '../../../../src/core/prompts/generateSnippet.ts';
import { reviewChanges, reviewCode } from '../../../../src/core/prompts/reviewCode.ts';
import {
  structuredRequest,
  type AnyStructuredPrompt,
} from '../../../../src/core/prompts/structured/structuredPrompt.ts';
import { suggestNames } from '../../../../src/core/prompts/suggestNames.ts';
import { writeCommitMessage } from '../../../../src/core/prompts/writeCommitMessage.ts';
import { writeTests } from '../../../../src/core/prompts/writeTests.ts';
import { anAnswer, aQuestion, aRequest } from '../../../support/builders.ts';
import { Random } from '../../../support/random.ts';

const secret = `ghp_${new Random(3).text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 36)}`;
const cleaner = new Cleaner({ find: () => Promise.resolve(findSecrets), isWanted: () => true });
const settings: RequestSettings = { model: 'a/b', maxTokens: 100 };

/** Texts as they come, each with the secret; nothing but the cleaner makes them ones that a request takes. */
const text = (words: string): Promise<CleanText> => cleaner.text(`${words} '"${secret}"'`);
const anItem = cleaner.item({
  id: 'item',
  label: secret,
  path: `src/${secret}/a.ts`,
  languageId: secret,
  lines: { start: 1, end: 2 },
  text: `const key = '${secret}';\n`,
  tokens: 9,
});

async function of<In, Out>(prompt: AnyStructuredPrompt<In, Out>, input: Promise<In>): Promise<ChatRequest> {
  return structuredRequest(prompt, await input, { settings, model: undefined, feature: 'x' });
}

async function code(): Promise<{ items: Awaited<typeof anItem>[]; instruction: CleanText }> {
  return { items: [await anItem], instruction: await text('do') };
}

const requests: Readonly<Record<string, () => Promise<ChatRequest>>> = {
  'a question and what is attached': async () =>
    aRequest({
      system: await text('system'),
      messages: [
        {
          id: 'q',
          role: 'user',
          createdAt: 0,
          parts: [
            { type: 'context', item: await anItem },
            { type: 'image', name: await text('a.png'), url: 'data:image/png;base64,AAAA' },
            { type: 'file', name: await text('a.pdf'), url: 'data:application/pdf;base64,AAAA' },
            { type: 'audio', name: await text('a.mp3'), format: 'mp3', data: 'AAAA' },
            { type: 'text', text: await text('why?') },
          ],
        },
      ],
    }),
  'the title of a chat': async () => {
    const words = await text('question');
    const messages = [aQuestion(words), anAnswer(await text('answer'))];
    const conversation = { id: 'c', title: titleFrom(words), createdAt: 0, updatedAt: 0, messages };
    const request = titleRequest(conversation, { settings, model: undefined });
    assert.ok(request);
    return request;
  },
  Edit: () => of(editCode, code()),
  Refactor: () => of(refactorCode, code()),
  Document: () => of(documentCode, code()),
  Explain: () => of(explainCode, code()),
  Review: () => of(reviewCode, code()),
  'Review changes': () =>
    of(
      reviewChanges,
      code().then((each) => ({ ...each, diffs: each.items })),
    ),
  'Fix, with what tools say': () =>
    of(
      fixCode,
      code().then(async (each) => ({
        ...each,
        problems: [
          {
            path: await text('a.ts'),
            startLine: 1,
            endLine: 1,
            severity: 'error' as const,
            message: await text('Type'),
            source: await text('ts'),
          },
        ],
      })),
    ),
  Tests: () =>
    of(
      writeTests,
      code().then(async (each) => ({ ...each, framework: await text('mocha') })),
    ),
  Names: () =>
    of(
      suggestNames,
      code().then(async (each) => ({ ...each, symbol: await text('a') })),
    ),
  'Commit message': () =>
    of(
      writeCommitMessage,
      code().then(async (each) => ({
        ...each,
        subjects: [await text('fix')],
        draft: await text('draft'),
      })),
    ),
  Snippet: () =>
    of(
      generateSnippet,
      code().then(async ({ items: [selection], instruction }) => ({
        description: instruction,
        languageId: await text('ts'),
        ...(selection && { selection }),
        besides: [await text('other')],
      })),
    ),
  'a prompt file for edits': () =>
    of(
      fileEdits,
      code().then(({ items, instruction }) => ({ items, text: instruction })),
    ),
  'a prompt file for a review': () =>
    of(
      fileReview,
      code().then(({ items, instruction }) => ({ items, text: instruction })),
    ),
  'a prompt file for a snippet': () =>
    of(
      fileSnippet,
      code().then(({ items, instruction }) => ({ items, text: instruction })),
    ),
};

describe('what goes over the wire', () => {
  for (const [name, request] of Object.entries(requests)) {
    it(`has no secret, whatever text of the request it was in: ${name}`, async () => {
      const { body } = toHttpRequest(
        await request(),
        { baseUrl: () => 'https://openrouter.ai/api/v1' },
        { kind: 'openrouter', apiKey: 'a-key' },
      );
      assert.ok(body.includes('[redacted: github]'), body);
      assert.ok(!body.includes(secret.slice(4, 16)), name);
    });
  }
});
