/** The variable names of VS Code's prompt files. */
export type PromptVariable = 'selection' | 'file' | 'fileBasename' | 'workspaceFolder';

/** An input to ask for before a prompt is sent. */
export interface PromptInput {
  readonly name: string;
  readonly placeholder: string;
}

/** The values of a prompt's variables. */
export interface PromptValues extends Readonly<Partial<Record<PromptVariable, string>>> {
  readonly inputs: ReadonlyMap<string, string>;
}

/** A variable in a prompt: a known one by its name, or an input with its placeholder. */
interface FoundVariable {
  readonly start: number;
  readonly end: number;
  readonly name?: PromptVariable;
  readonly input?: PromptInput;
}

/** The variables of a text, in order. Other text of this form, such as `${HOME}` in a script, stays text. */
function* variablesOf(body: string): Generator<FoundVariable> {
  let [close, lineEnd] = [-1, -1];
  for (let start = body.indexOf('${'); start >= 0; start = body.indexOf('${', start)) {
    // Each is looked for once, however many beginnings there are.
    close = close < start ? indexFrom(body, '}', start) : close;
    lineEnd = lineEnd < start ? indexFrom(body, '\n', start) : lineEnd;
    const found = close < lineEnd ? variableIn(body.slice(start + 2, close)) : undefined;
    if (found) {
      yield { start, end: close + 1, ...found };
    }
    start = found ? close + 1 : start + 2;
  }
}

function indexFrom(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? Infinity : at;
}

function variableIn(inside: string): Pick<FoundVariable, 'name' | 'input'> | undefined {
  const name = names.get(inside);
  if (name !== undefined) {
    return { name };
  }
  const [, input, placeholder = ''] = /^input:([^:]+)(?::(.*))?$/.exec(inside) ?? [];
  return input === undefined ? undefined : { input: { name: input.trim(), placeholder: placeholder.trim() } };
}

const names: ReadonlyMap<string, PromptVariable> = new Map([
  ['selection', 'selection'],
  ['selectedText', 'selection'],
  ['file', 'file'],
  ['fileBasename', 'fileBasename'],
  ['workspaceFolder', 'workspaceFolder'],
]);

/** The variables a prompt uses. */
export function variablesIn(body: string): ReadonlySet<PromptVariable> {
  return new Set(Array.from(variablesOf(body)).flatMap(({ name }) => (name === undefined ? [] : [name])));
}

/** The inputs of a prompt, each once, in order. */
export function inputsIn(body: string): readonly PromptInput[] {
  const inputs = new Map<string, PromptInput>();
  for (const { input } of variablesOf(body)) {
    if (input) {
      const before = inputs.get(input.name)?.placeholder ?? '';
      inputs.set(input.name, before === '' ? input : { ...input, placeholder: before });
    }
  }
  return [...inputs.values()];
}

/** A prompt with its variables filled in. Inserted text isn't expanded again. */
export function fillIn(body: string, values: PromptValues): string {
  let [filled, from] = ['', 0];
  for (const { start, end, name, input } of variablesOf(body)) {
    const value = name === undefined ? values.inputs.get(input?.name ?? '') : values[name];
    filled += body.slice(from, start) + (value ?? body.slice(start, end));
    from = end;
  }
  return filled + body.slice(from);
}
