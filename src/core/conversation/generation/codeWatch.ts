import { firstOf, openings } from './thoughtMarks.ts';

/** Whether a text is within code, as Markdown has it, or within JSON, and whether it has named an opening tag. */
export class CodeWatch {
  #line = '';
  #fence: string | undefined;
  /** The first sign that isn't white space. */
  #first = '';
  /** How many quotation marks there were, and the last character. */
  #quotes = 0;
  #last = ' ';
  namesTag = false;

  get isWithin(): boolean {
    const marks = this.#line.split('`').length - 1;
    const isJson = /^[{[]/.test(this.#first) && this.#quotes % 2 === 1;
    return (
      isJson ||
      this.#fence !== undefined ||
      marks % 2 === 1 ||
      /^(?: {4}|\t)/.test(this.#line) ||
      isFence(this.#line)
    );
  }

  read(text: string): void {
    this.#first ||= text.trim().slice(0, 1);
    this.#quotes += [...(this.#last + text).matchAll(/(?<=.)(?<!\\)"/gs)].length;
    this.#last = text.slice(-1);
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop() ?? '';
    for (const line of lines) {
      this.#end(line);
    }
    this.namesTag ||= firstOf(this.#line, openings).mark !== undefined;
  }

  #end(line: string): void {
    this.namesTag ||= firstOf(line, openings).mark !== undefined;
    const [, fence] = /^\s*(`{3,}|~{3,})/.exec(line) ?? [];
    if (this.#fence === undefined) {
      this.#fence = fence;
    } else if (fence !== undefined && fence.startsWith(this.#fence) && /^\s*[`~]+\s*$/.test(line)) {
      this.#fence = undefined;
    }
  }
}

function isFence(line: string): boolean {
  return /^\s*(?:`{3,}|~{3,})/.test(line);
}
