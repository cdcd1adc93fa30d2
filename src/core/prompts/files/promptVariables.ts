/** What VS Code's prompt files call the things that are filled in. */
export type PromptVariable = 'selection' | 'file' | 'fileBasename' | 'workspaceFolder';

/** What is asked for before a prompt is sent. */
export interface PromptInput {
  readonly name: string;
  readonly placeholder: string;
}

/** What the variables of a prompt stand for. */
export interface PromptValues extends Readonly<Partial<Record<PromptVariable, string>>> {
  readonly inputs: ReadonlyMap<string, string>;
}

/** Anything else of this form, such as `${HOME}` in a script, is text. */
const variable =
  /\$\{(?:(selection|selectedText|file|fileBasename|workspaceFolder)|input:([^:}\n]+)(?::([^}\n]*))?)\}/g;

/** The variables that a prompt uses. */
export function variablesIn(body: string): ReadonlySet<PromptVariable> {
  const names = [...body.matchAll(variable)].map(([, name]) => name);
  return new Set(names.flatMap((name) => (name === undefined ? [] : [knownName(name)])));
}

/** What a prompt asks for, each thing once, in the order of the text. */
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

/** A prompt with its variables filled in. What is filled in is not looked at again. */
export function fillIn(body: string, values: PromptValues): string {
  return body.replace(variable, (whole, name: string | undefined, input: string | undefined) =>
    name === undefined
      ? (values.inputs.get(input?.trim() ?? '') ?? whole)
      : (values[knownName(name)] ?? whole),
  );
}

function knownName(name: string): PromptVariable {
  // The pattern lets no other name through.
  return name === 'selectedText' ? 'selection' : (name as PromptVariable);
}
