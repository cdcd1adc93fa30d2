import type { MarkedToken, Token, Tokens } from 'marked';
import type { ComponentChildren, JSX } from 'preact';
import { CodeBlock } from '../components/CodeBlock.tsx';
import type { Block } from './blocks.ts';
import { decodeEntities } from './entities.ts';
import { safeImage, safeLink } from './safeLink.ts';

/** Draws one block: tokens become elements, never a string of HTML. */
export function renderBlock(block: Block): JSX.Element {
  return block.code ? (
    <CodeBlock language={block.code.language} chunks={[...block.code.lines.chunks]} />
  ) : (
    <>{renderToken(block.token)}</>
  );
}

function renderAll(tokens: readonly Token[] | undefined): ComponentChildren {
  return tokens?.map(renderToken);
}

/** Every kind that the lexer makes; one that an extension of it might add is shown as it was written. */
function renderToken(token: Token): ComponentChildren {
  const known = token as MarkedToken;
  switch (known.type) {
    case 'heading':
      return renderHeading(known);
    case 'paragraph':
      return <p>{renderAll(known.tokens)}</p>;
    case 'text':
      return 'tokens' in known ? renderAll(known.tokens) : decodeEntities(known.text);
    case 'escape':
      return known.text;
    case 'code':
      return <CodeBlock language={known.lang ?? ''} chunks={[known.text]} />;
    case 'list':
      return renderList(known);
    case 'list_item':
      return renderItem(known);
    case 'blockquote':
      return <blockquote>{renderAll(known.tokens)}</blockquote>;
    case 'table':
      return renderTable(known);
    case 'hr':
      return <hr />;
    case 'strong':
      return <strong>{renderAll(known.tokens)}</strong>;
    case 'em':
      return <em>{renderAll(known.tokens)}</em>;
    case 'del':
      return <del>{renderAll(known.tokens)}</del>;
    case 'codespan':
      return <code>{known.text}</code>;
    case 'br':
      return <br />;
    case 'link':
      return renderLink(known);
    case 'image':
      return renderImage(known);
    case 'html':
      // Raw HTML is text like any other: nothing in an answer can make an element.
      return known.block ? <p class="raw">{known.raw.trimEnd()}</p> : known.raw;
    case 'checkbox':
      return <input type="checkbox" checked={known.checked} disabled />;
    case 'space':
    case 'def':
      return undefined;
    default:
      return token.raw;
  }
}

function renderHeading({ depth, tokens }: Tokens.Heading): JSX.Element {
  const children = renderAll(tokens);
  switch (depth) {
    case 1:
      return <h2>{children}</h2>;
    case 2:
      return <h3>{children}</h3>;
    case 3:
      return <h4>{children}</h4>;
    case 4:
      return <h5>{children}</h5>;
    default:
      return <h6>{children}</h6>;
  }
}

function renderList({ ordered, start, items }: Tokens.List): JSX.Element {
  const children = items.map(renderItem);
  return ordered ? <ol start={start === '' ? 1 : start}>{children}</ol> : <ul>{children}</ul>;
}

function renderItem({ task, tokens }: Tokens.ListItem): JSX.Element {
  return <li class={task ? 'task' : undefined}>{renderAll(tokens)}</li>;
}

function renderTable({ header, rows }: Tokens.Table): JSX.Element {
  return (
    <div class="table" tabIndex={0} role="region" aria-label="Table">
      <table>
        <thead>
          <tr>
            {header.map((cell) => (
              <th scope="col" class={alignClass(cell)}>
                {renderAll(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td class={alignClass(cell)}>{renderAll(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function alignClass({ align }: Tokens.TableCell): string | undefined {
  return align === null ? undefined : `align-${align}`;
}

/** A link that may not be followed is shown with its address, as text. */
function renderLink({ href, title, tokens, raw }: Tokens.Link): ComponentChildren {
  const target = safeLink(href);
  return target === undefined ? (
    raw
  ) : (
    <a href={target} title={title ?? target}>
      {renderAll(tokens)}
    </a>
  );
}

/** A remote image would tell its server that it is being looked at, so it is a link. */
function renderImage({ href, text, raw }: Tokens.Image): ComponentChildren {
  const source = safeImage(href);
  if (source !== undefined) {
    return <img src={source} alt={text} />;
  }
  const target = safeLink(href);
  return target === undefined ? (
    raw
  ) : (
    <a href={target} title={target}>
      {text === '' ? target : text}
    </a>
  );
}
