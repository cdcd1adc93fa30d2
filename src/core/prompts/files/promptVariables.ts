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

/** Other text of this form, such as `${HOME}` in a script, stays text. */
const variable =
  /\$\{(?:(selection|selectedText|file|fileBasename|workspaceFolder)|input:([^:}\n]+)(?::([^}\n]*))?)\}/g;

/** The variables a prompt uses. */
export function variablesIn(body: string): ReadonlySet<PromptVariable> {
  const names = [...body.matchAll(variable)].map(([, name]) => name);
  return new Set(names.flatMap((name) => (name === undefined ? [] : [knownName(name)])));
}

/** The inputs of a prompt, each once, in order. */
export function inputsIn(body: string): readonly PromptInput[] {
  const inputs = new Map<string, PromptInput>();
  for (const [, , name, placeholder = ''] of body.matchAll(variable)) {
    if (name !== undefined) {
      const key = name.trim();
      const before = inputs.get(key)?.placeholder ?? '';
      inputs.set(key, { name: key, placeholder: before === '' ? placeholder.trim() : before });
    }
  }
  return [...inputs.values()];
}

/** A prompt with its variables filled in. Inserted text isn't expanded again. */
export function fillIn(body: string, values: PromptValues): string {
  return body.replace(variable, (whole, name: string | undefined, input: string | undefined) =>
    name === undefined
      ? (values.inputs.get(input?.trim() ?? '') ?? whole)
      : (values[knownName(name)] ?? whole),
  );
}

function knownName(name: string): PromptVariable {
  // The pattern allows no other name.
  return name === 'selectedText' ? 'selection' : (name as PromptVariable);
}
