import type { LanguageRegistration } from '@shikijs/types';

/** A grammar and those it embeds. */
type LoadGrammar = () => Promise<{ readonly default: LanguageRegistration[] }>;

/** The supported languages, each in its own chunk. A fence may use any of its names. */
const languages: readonly (readonly [names: string, load: LoadGrammar])[] = [
  ['bat cmd', () => import('@shikijs/langs/bat')],
  ['c h', () => import('@shikijs/langs/c')],
  ['cpp c++ cc hpp', () => import('@shikijs/langs/cpp')],
  ['csharp cs c#', () => import('@shikijs/langs/csharp')],
  ['css', () => import('@shikijs/langs/css')],
  ['dart', () => import('@shikijs/langs/dart')],
  ['diff patch', () => import('@shikijs/langs/diff')],
  ['dockerfile docker', () => import('@shikijs/langs/docker')],
  ['go golang', () => import('@shikijs/langs/go')],
  ['html htm', () => import('@shikijs/langs/html')],
  ['ini properties', () => import('@shikijs/langs/ini')],
  ['java', () => import('@shikijs/langs/java')],
  ['javascript js mjs cjs', () => import('@shikijs/langs/javascript')],
  ['json', () => import('@shikijs/langs/json')],
  ['jsonc json5 jsonl', () => import('@shikijs/langs/jsonc')],
  ['kotlin kt kts', () => import('@shikijs/langs/kotlin')],
  ['less', () => import('@shikijs/langs/less')],
  ['lua', () => import('@shikijs/langs/lua')],
  ['makefile make', () => import('@shikijs/langs/make')],
  ['markdown md', () => import('@shikijs/langs/markdown')],
  ['php', () => import('@shikijs/langs/php')],
  ['powershell ps1 ps', () => import('@shikijs/langs/powershell')],
  ['proto protobuf', () => import('@shikijs/langs/proto')],
  ['python py', () => import('@shikijs/langs/python')],
  ['r', () => import('@shikijs/langs/r')],
  ['rust rs', () => import('@shikijs/langs/rust')],
  ['scss', () => import('@shikijs/langs/scss')],
  ['shellscript bash sh shell zsh', () => import('@shikijs/langs/shellscript')],
  ['sql', () => import('@shikijs/langs/sql')],
  ['swift', () => import('@shikijs/langs/swift')],
  ['toml', () => import('@shikijs/langs/toml')],
  ['tsx typescriptreact jsx javascriptreact', () => import('@shikijs/langs/tsx')],
  ['typescript ts mts cts', () => import('@shikijs/langs/typescript')],
  ['xml svg', () => import('@shikijs/langs/xml')],
  ['yaml yml', () => import('@shikijs/langs/yaml')],
];

const byName = new Map(languages.flatMap(([names, load]) => names.split(' ').map((name) => [name, load])));

/** Loads a language's grammar by a fence's name for it; absent if there is none. */
export function grammarOf(name: string): LoadGrammar | undefined {
  return byName.get(name.toLowerCase());
}
