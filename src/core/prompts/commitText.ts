import { commitTypes, type CommitMessage } from './writeCommitMessage.ts';

/** The maximum length of a commit's first line, in characters. */
const maxHeaderLength = 72;

/** A scope is dropped if it leaves the subject less room than this. */
const minSubjectLength = 32;

const repeatedStart = new RegExp(`^(?:${commitTypes.join('|')})(?:\\([^()]*\\))?!?: `);

/** The commit message. A subject that is too long is shortened with an ellipsis, and the body has all of it. */
export function toCommitText(message: CommitMessage): string {
  const subject = plainSubject(message.subject);
  const start = headerStart(message);
  const surface = maxHeaderLength - start.length;
  const shown = shortened(subject, surface);
  const body = (message.body ?? '').replaceAll(/\r\n?/g, '\n').trim();
  const paragraphs = [start + shown, ...(shown === subject ? [] : [subject]), body];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

function headerStart({ type, scope, breaking }: CommitMessage): string {
  const mark = breaking ? '!: ' : ': ';
  const word = oneLine(scope ?? '').replaceAll(/[()]/g, '');
  const scoped = `${type}(${word})${mark}`;
  return word === '' || scoped.length > maxHeaderLength - minSubjectLength ? type + mark : scoped;
}

/** The plain subject: models repeat the type and add a full stop. */
function plainSubject(subject: string): string {
  return oneLine(subject)
    .replace(repeatedStart, '')
    .replace(/(?<!\.)\.$/, '');
}

function oneLine(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ');
}

function shortened(text: string, surface: number): string {
  const characters = Array.from(text);
  if (characters.length <= surface) {
    return text;
  }
  const cut = characters.slice(0, surface - 1).join('');
  const space = characters[surface - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${space > 0 ? cut.slice(0, space) : cut}…`;
}
