import assert from 'node:assert/strict';
import { isElision } from '../../../../src/core/edits/elision.ts';

describe('A line that stands for code', () => {
  for (const line of [
    '// ... existing code ...',
    '  # ... rest unchanged ...',
    '/* ... other methods ... */',
    '<!-- ... existing markup ... -->',
    '{/* … existing items … */}',
    '-- ... existing columns ...',
    '// rest of the code remains the same',
    '# (rest of the function unchanged)',
    '// existing code here',
    '// ... 既存のコード ...',
    '// [... omitted for brevity ...]',
    '... existing code ...',
    '...',
    '…',
    '// ...',
  ]) {
    it(`is ${JSON.stringify(line)}`, () => assert.equal(isElision(line), true));
  }

  for (const line of [
    '',
    'a();',
    '  ...rest,',
    '...existing,',
    'f(...args);',
    '// The rest of the line is a comment.',
    '// Keeps the same order as before the change.',
    '// Waits...',
    ' * ...',
    ' *   return function (args) { ... }',
    'const [first, ...rest] = all;',
    '# Existing users',
    '// existing',
  ]) {
    it(`isn't ${JSON.stringify(line)}`, () => assert.equal(isElision(line), false));
  }
});
