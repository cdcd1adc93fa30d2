import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { redact } from '../../../src/core/context/redaction.ts';
import { findSecrets } from '../../../src/host/context/findSecrets.ts';

// In pieces, so that nobody takes this file for a leak.
const values: readonly (readonly [kind: string, value: string])[] = [
  ['openrouter', `sk-or-v1-${'0123456789abcdef'.repeat(4)}`],
  ['github', ['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_')],
  ['slack', ['xoxb', '123456789012', '1234567890123', 'abcdefghijklmnopqrstuvwx'].join('-')],
  ['database connection string', ['postgres://admin', 'hunter2@db.example.com:5432/shop'].join(':')],
  ['npm', ['npm', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_')],
];

describe('finding secrets', () => {
  for (const [kind, value] of values) {
    it(`finds a value of the kind "${kind}"`, async () => {
      const text = `const first = 1;\nconst value = ${value}\nconst last = 2;\n`;
      const cleaned = redact(text, await findSecrets(text, 'src/config.ts'));
      assert.equal(cleaned, `const first = 1;\nconst value = [redacted: ${kind}]\nconst last = 2;\n`);
    });
  }

  it('takes ordinary code for what it is', async () => {
    const text =
      'const token = await getToken();\nconst id = "550e8400-e29b-41d4-a716-446655440000";\n'.repeat(50);
    assert.deepEqual(await findSecrets(text, 'src/auth.ts'), []);
  });
});
