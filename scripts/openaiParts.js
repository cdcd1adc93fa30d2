import { readFile } from 'node:fs/promises';

/** What OpenRouter offers, too, and what reads its streams. */
const used = new RegExp(
  '/openai/(resources/(index|shared|audio|chat|completions|embeddings|images|models)|lib/chat-completions)\\b',
);

/** What stands in the place of an unused resource: whoever does use it hears of it at once. */
const unused = (name) => `export class ${name} {
  constructor() {
    return new Proxy(this, { get() { throw new Error('openai: ${name} is not in the bundle (scripts/openaiParts.js)'); } });
  }
}`;

/**
 * Leaves out of the bundle what of the `openai` package nobody asks OpenRouter for: its client refers to every resource
 * that OpenAI has, so no bundler can tell. It keeps two thirds of the package out, and half the time of its import.
 */
export const openaiParts = {
  name: 'openai-parts',
  setup(build) {
    build.onLoad({ filter: /[\\/]openai[\\/](resources|lib)[\\/].*\.mjs$/ }, async ({ path }) => {
      if (used.test(path.replaceAll('\\', '/'))) {
        return undefined;
      }
      const source = await readFile(path, 'utf8');
      const names = (pattern) => [...source.matchAll(pattern)].map(([, name]) => name ?? '');
      const contents = [
        ...names(/^export class (\w+)/gm).map(unused),
        ...names(/^export (?:async )?(?:function\*?|const|let|var) (\w+)/gm).map(unused),
        ...names(/^(export (?:\*|\{[^}]*\})(?: as \w+)? from .*)$/gm),
      ];
      return { contents: contents.join('\n'), loader: 'js' };
    });
  },
};
