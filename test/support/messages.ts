import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A message that the code looks up, and where. */
export interface Lookup {
  readonly message: string;
  /** The file, below `src`, and the line. */
  readonly place: string;
  /** Whether it is looked up while its module is loaded, when no language may be known yet. */
  readonly early: boolean;
}

/** What a file of the sources looks up; `odd` are the places of calls whose message is no fixed text. */
export interface Lookups {
  readonly found: readonly Lookup[];
  readonly odd: readonly string[];
}

const folder = new URL('../../src/', import.meta.url);

/** Reads all sources as syntax trees. */
export function sources(): readonly ts.SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => path.replaceAll('\\', '/'))
    .map((path) => parse(path, readFileSync(new URL(path, folder), 'utf8')));
}

/** A source as a syntax tree. */
export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** Everything that is looked up with `t(…)`. */
export function lookups(files: readonly ts.SourceFile[]): Lookups {
  const found: Lookup[] = [];
  const odd: string[] = [];
  for (const file of files.filter(({ text }) => text.includes("from '@vscode/l10n'"))) {
    visit(file, (node) => {
      if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 't') {
        odd.push(placeOf(node));
      }
      if (!ts.isCallExpression(node) || node.expression.getText() !== 't') {
        return;
      }
      const message = node.arguments[0] && fixedText(node.arguments[0]);
      if (message === undefined) {
        odd.push(placeOf(node));
      } else {
        found.push({ message, place: placeOf(node), early: !isInFunction(node) });
      }
    });
  }
  return { found, odd };
}

/** Attributes of elements, and properties of what is handed to VS Code, that people read or hear. */
const spoken = new Set([
  ...['alt', 'aria-description', 'aria-label', 'aria-placeholder', 'aria-roledescription', 'aria-valuetext'],
  ...[
    'cost',
    'description',
    'detail',
    'label',
    'message',
    'openLabel',
    'placeHolder',
    'placeholder',
    'prompt',
  ],
  ...['saveLabel', 'title', 'tooltip', 'validationMessage', 'words'],
]);

/** Functions of VS Code that show their first argument. */
const shows = /\.show(?:Information|Warning|Error)Message$/;

/** The places of texts for people, in the host and in the panel, that are written out instead of looked up. */
export function untranslated(files: readonly ts.SourceFile[]): readonly string[] {
  const places: string[] = [];
  const note = (shown: ts.Node | undefined): void => {
    for (const node of shownTexts(shown)) {
      const text = wordsIn(node)?.replace(/\$\([\w~ -]+\)/g, '');
      if (text !== undefined && /\p{L}{2}/u.test(text)) {
        places.push(`${placeOf(node)}: ${text.trim()}`);
      }
    }
  };
  for (const file of files.filter(({ fileName }) => !/^(?:core|protocol)\//.test(fileName))) {
    visit(file, (node) => {
      if (ts.isJsxText(node)) {
        note(node);
      } else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
        note(node.expression);
      } else if (isSpoken(node)) {
        note(node.initializer);
      } else if (ts.isBinaryExpression(node) && isAssignment(node) && spoken.has(nameAtEnd(node.left))) {
        note(node.right);
      } else if (ts.isCallExpression(node) && shows.test(node.expression.getText())) {
        node.arguments.forEach(note);
      }
    });
  }
  return places;
}

function isSpoken(node: ts.Node): node is ts.JsxAttribute | ts.PropertyAssignment {
  return (
    (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) &&
    spoken.has(node.name.getText().replaceAll("'", ''))
  );
}

function isAssignment({ operatorToken }: ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function nameAtEnd(node: ts.Node): string {
  return ts.isPropertyAccessExpression(node) ? node.name.text : '';
}

/** The texts that an expression may come to. */
function shownTexts(node: ts.Node | undefined): readonly ts.Node[] {
  if (node === undefined) {
    return [];
  }
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) {
    return shownTexts(node.expression);
  }
  if (ts.isConditionalExpression(node)) {
    return [...shownTexts(node.whenTrue), ...shownTexts(node.whenFalse)];
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isChoice =
      kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.QuestionQuestionToken;
    const isSum = kind === ts.SyntaxKind.PlusToken;
    return isChoice || isSum ? [...shownTexts(node.left), ...shownTexts(node.right)] : [];
  }
  return [node];
}

function wordsIn(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) {
    return node.text;
  }
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ');
  }
  return fixedText(node);
}

function fixedText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [fixedText(node.left), fixedText(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

function isInFunction(node: ts.Node): boolean {
  return ts.findAncestor(node, (each) => ts.isFunctionLike(each)) !== undefined;
}

function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${String(file.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`;
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => {
    visit(child, each);
  });
}
