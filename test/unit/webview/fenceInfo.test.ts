import assert from 'node:assert/strict';
import { readFenceInfo } from '../../../src/webview/markdown/fenceInfo.ts';

const cases: readonly (readonly [info: string | undefined, language: string, fileName?: string])[] = [
  [undefined, ''],
  ['', ''],
  ['ts', 'ts'],
  ['c++', 'c++'],
  ['objective-c', 'objective-c'],
  ['ts src/cart.ts', 'ts', 'src/cart.ts'],
  ['ts:src/cart.ts', 'ts', 'src/cart.ts'],
  ['typescript title="src/my cart.ts"', 'typescript', 'src/my cart.ts'],
  ["js {1,3} filename='a.js'", 'js', 'a.js'],
  ['js{1,3}', 'js'],
  ['py file=app/main.py', 'py', 'app/main.py'],
  ['src/cart.ts', 'ts', 'src/cart.ts'],
  ['diff', 'diff'],
  ['text v1 of it', 'text'],
  ['sh $HOME', 'sh'],
];

describe('What a fence says about its code', () => {
  for (const [info, language, fileName] of cases) {
    it(info === undefined ? 'nothing' : JSON.stringify(info), () => {
      assert.deepEqual(readFenceInfo(info), { language, ...(fileName !== undefined && { fileName }) });
    });
  }
});
