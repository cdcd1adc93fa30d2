import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { Cleaner } from '../../../src/core/context/cleaner.ts';
import { findSecrets } from '../../../src/core/context/secrets/findSecrets.ts';
import { SessionPool } from '../../../src/core/conversation/session/sessionPool.ts';
import { openStore } from '../../../src/host/store/openStore.ts';
import { FakeChatModel, sessionParts } from '../../support/fakes.ts';
import { Random } from '../../support/random.ts';

describe('a saved chat', () => {
  it('has no secret of what was typed or attached, in no file', async () => {
    const secret = `ghp_${new Random(5).text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 36)}`;
    const cleaner = new Cleaner({ find: () => Promise.resolve(findSecrets), isWanted: () => true });
    const folder = mkdtempSync(join(tmpdir(), 'saved-'));
    const opened = openStore(folder, Date.now);
    try {
      const model = new FakeChatModel();
      model.willAnswer({ type: 'text', text: 'Rotate it.' }, { type: 'finish', reason: 'stop' });
      const session = new SessionPool({ ...sessionParts(model), store: opened.store }).begin();
      const item = { id: 'i', label: 'a.ts', path: 'a.ts', languageId: 'typescript', tokens: 9 };
      const asked = {
        text: await cleaner.text(`Is ${secret} safe in marmalade?`),
        context: [await cleaner.item({ ...item, text: `const key = '${secret}';\n` })],
        media: [],
      };
      await session.send(session.prepare.question(asked));
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((each) => each.isFile())
        .map((each) => readFileSync(join(each.parentPath, each.name), 'latin1'));
      assert.ok(
        files.some((bytes) => bytes.includes('marmalade')),
        'the question is saved',
      );
      assert.ok(files.some((bytes) => bytes.includes('[redacted: github]')));
      assert.ok(files.every((bytes) => !bytes.includes(secret.slice(4, 16))));
    } finally {
      opened.dispose();
      rmSync(folder, { recursive: true });
    }
  });
});
