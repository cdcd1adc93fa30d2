import { arrayIn, objectIn } from '../../util/json.ts';

/** How a language writes values. */
interface Language {
  readonly step: string;
  readonly key: (name: string) => string;
  readonly plain: (value: unknown) => string;
}

const typeScript: Language = { step: '  ', key: oneLiteral, plain: (value) => JSON.stringify(value) };

const pythonWords: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };
const python: Language = {
  step: '    ',
  key: (name) => JSON.stringify(name),
  plain: (value) => {
    const json = JSON.stringify(value);
    return pythonWords[json] ?? json;
  },
};

/** The longest list that stays on its line. */
const lineLength = 80;

/** A JSON value as TypeScript; `more` are further entries of the object. */
export function typeScriptLiteral(value: unknown, indent = '', more: readonly string[] = []): string {
  return literal(value, indent, typeScript, more);
}

/** A JSON value as Python. */
export function pythonLiteral(value: unknown, indent = ''): string {
  return literal(value, indent, python);
}

/** The name of a property in TypeScript. */
export function oneLiteral(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function literal(value: unknown, indent: string, language: Language, more: readonly string[] = []): string {
  const { step, key, plain } = language;
  const object = objectIn(value);
  if (!object && !Array.isArray(value)) {
    return plain(value);
  }
  const entries = object
    ? Object.entries(object)
        .filter(([, each]) => each !== undefined)
        .map(([name, each]) => `${key(name)}: ${literal(each, indent + step, language)}`)
    : arrayIn(value).map((each) => literal(each, indent + step, language));
  const [open, close] = object ? ['{', '}'] : ['[', ']'];
  const all = [...entries, ...more];
  const onOneLine = all.join(', ');
  if (indent !== '' && onOneLine.length + indent.length <= lineLength && !onOneLine.includes('\n')) {
    const space = object && all.length > 0 && language === typeScript ? ' ' : '';
    return `${open}${space}${onOneLine}${space}${close}`;
  }
  return `${open}\n${all.map((each) => `${indent}${step}${each},\n`).join('')}${indent}${close}`;
}
