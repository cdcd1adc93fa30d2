import { commitTypes, type CommitMessage } from './writeCommitMessage.ts';

/** The first line of a commit is at most this long, in characters. */
const maxHeaderLength = 72;

/** A scope that leaves the subject less than this is left out. */
const minSubjectLength = 32;

const repeatedStart = new RegExp(`^(?:${commitTypes.join('|')})(?:\\([^()]*\\))?!?: `);

/** The text of a commit. A subject that is too long ends in an ellipsis, and stands whole in the body. */
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

/** The subject alone: models repeat the type before it and put a full stop behind it. */
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
