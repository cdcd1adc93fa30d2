import { modelNamed } from '../../model/namedModel.ts';
import { textIn, textsIn } from '../../util/json.ts';
import { FrontMatterError, readFrontMatter, type FrontMatter } from './frontMatter.ts';

/** What happens with a prompt file's answer. */
export const promptOutputs = ['chat', 'document', 'problems', 'edits', 'snippet'] as const;

export type PromptOutput = (typeof promptOutputs)[number];

/** A prompt in a workspace file. */
export interface PromptFile {
  readonly description?: string;
  /** Its model; the one in the settings if absent. */
  readonly model?: string;
  readonly output: PromptOutput;
  /** The document's schema, relative to the prompt file. */
  readonly schema?: string;
  /** The prompt with its variables. */
  readonly body: string;
}

/** A prompt file, or why it can't be read. */
export type PromptFileReading =
  | { readonly state: 'read'; readonly file: PromptFile }
  | { readonly state: 'broken'; readonly line: number; readonly problem: string };

const fieldNames = ['description', 'model', 'output', 'schema'] as const;

/** Chooses a model by the names that a file gives, which may be those of other programs. */
export type ChooseModel = (names: readonly string[]) => string | undefined;

/**
 * Reads a prompt file. Fields for other tools, such as `mode` and `tools`, are ignored. Without a catalog to choose from,
 * the first name that can be an id is its model.
 */
export function readPromptFile(
  text: string,
  choose: ChooseModel = (names) => modelNamed(names, []),
): PromptFileReading {
  try {
    return { state: 'read', file: toPromptFile(readFrontMatter(text, fieldNames), choose) };
  } catch (error) {
    if (error instanceof FrontMatterError) {
      return { state: 'broken', line: error.line, problem: error.message };
    }
    throw error;
  }
}

function toPromptFile(matter: FrontMatter, choose: ChooseModel): PromptFile {
  const [description, schema] = ['description', 'schema'].map((key) => textOf(matter, key));
  const model = choose(textsIn([matter.fields.get('model')?.value].flat()));
  const wanted = textOf(matter, 'output') ?? 'chat';
  const output = promptOutputs.find((each) => each === wanted);
  if (output === undefined) {
    const words = `There is no output "${wanted}". It can be: ${promptOutputs.join(', ')}.`;
    throw new FrontMatterError(lineOf(matter, 'output'), words);
  }
  if (output === 'document' && schema === undefined) {
    const words = 'A document needs its form: "schema: " and the path of a JSON Schema, from this file.';
    throw new FrontMatterError(lineOf(matter, 'output'), words);
  }
  if (output !== 'document' && schema !== undefined) {
    const words = `Only a document has a schema, and this output is "${output}". Add "output: document".`;
    throw new FrontMatterError(lineOf(matter, 'schema'), words);
  }
  if (matter.body === '') {
    throw new FrontMatterError(1, 'There is no prompt: nothing stands below the front matter.');
  }
  return {
    output,
    body: matter.body,
    ...(description !== undefined && { description }),
    ...(model !== undefined && { model }),
    ...(schema !== undefined && { schema }),
  };
}

function lineOf({ fields }: FrontMatter, key: string): number {
  return fields.get(key)?.line ?? 1;
}

/** A field's text; absent if empty or missing. */
function textOf(matter: FrontMatter, key: string): string | undefined {
  const value = matter.fields.get(key)?.value ?? '';
  if (typeof value !== 'string') {
    throw new FrontMatterError(lineOf(matter, key), `"${key}" is one text, not a list.`);
  }
  return textIn(value.trim());
}
