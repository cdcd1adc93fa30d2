import type { Token, Tokens } from 'marked';

/**
 * Reuses equal list items and table rows, so that a long growing list is drawn only at its end. An item's contents
 * follow from its text, a row's from its cells.
 */
export function withKnownParts(token: Token, before: Token | undefined): Token {
  if (isList(token) && before && isList(before)) {
    const items = token.items.map((item, at) => {
      const known = before.items[at];
      return known && isSameItem(known, item) ? known : item;
    });
    return { ...token, items };
  }
  if (isTable(token) && before && isTable(before)) {
    const rows = token.rows.map((row, at) => {
      const known = before.rows[at];
      return known && isSameRow(known, row) ? known : row;
    });
    return { ...token, rows };
  }
  return token;
}

function isSameItem(one: Tokens.ListItem, other: Tokens.ListItem): boolean {
  return (
    one.raw === other.raw &&
    one.text === other.text &&
    one.loose === other.loose &&
    one.task === other.task &&
    one.checked === other.checked
  );
}

function isSameRow(one: readonly Tokens.TableCell[], other: readonly Tokens.TableCell[]): boolean {
  return (
    one.length === other.length &&
    other.every((cell, at) => cell.text === one[at]?.text && cell.align === one[at].align)
  );
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table';
}
