import { t } from '@vscode/l10n';
import type { MarkedToken, Token, Tokens } from 'marked';
import type { ComponentChildren, JSX } from 'preact';
import { CodeBlock } from './CodeBlock.tsx';
import { CodeSpan } from './CodeSpan.tsx';
import { DataImage } from './DataImage.tsx';
import { FileLink } from './FileLink.tsx';
import { Link } from './Link.tsx';
import { Maths } from './Maths.tsx';
import { memo } from '../shared/memo.ts';
import type { Block } from '../markdown/blocks.ts';
import { CodeLines } from '../markdown/codeLines.ts';
import { linkedFile } from '../files/fileMention.ts';
import { decodeEntities } from '../markdown/entities.ts';
import { readFenceInfo } from '../markdown/fenceInfo.ts';
import { isLongLine } from '../markdown/longLine.ts';
import { isMaths } from '../markdown/maths.ts';
import { safeImage, safeLink } from '../markdown/safeLink.ts';

/** Renders one block: tokens become elements, never an HTML string. */
export function renderBlock(block: Block): JSX.Element {
  return block.code ? (
    <CodeBlock info={block.code.info} chunks={[...block.code.lines.chunks]} complete={block.code.complete} />
  ) : (
    <>{renderToken(block.token)}</>
  );
}

function renderAll(tokens: readonly Token[] | undefined): ComponentChildren {
  return tokens?.map(renderToken);
}

/** All kinds the lexer produces; unknown ones are shown as written. */
function renderToken(token: Token): ComponentChildren {
  if (isMaths(token)) {
    return <Maths text={token.text} raw={token.raw} display={token.display} />;
  }
  if (isLongLine(token)) {
    return <p>{renderAll(token.tokens)}</p>;
  }
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
      return renderCode(known);
    case 'list':
      return renderList(known);
    case 'list_item':
      return <ListItem item={known} />;
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
      return <CodeSpan text={known.text} />;
    case 'br':
      return <br />;
    case 'link':
      return renderLink(known);
    case 'image':
      return renderImage(known);
    case 'html':
      return renderHtml(known);
    case 'checkbox':
      return <Checkbox checked={known.checked} />;
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

function renderCode({ lang, text }: Tokens.Code): JSX.Element {
  const lines = new CodeLines(text.replace(/\n$/, ''));
  return <CodeBlock info={readFenceInfo(lang)} chunks={lines.chunks} complete />;
}

/** Raw HTML is text: nothing in an answer can create an element, except line breaks in cells. */
function renderHtml({ block, raw }: Tokens.HTML | Tokens.Tag): JSX.Element | string {
  if (block) {
    return <p class="raw">{raw.trimEnd()}</p>;
  }
  return /^<br\s*\/?>$/i.test(raw) ? <br /> : raw;
}

function renderList({ ordered, start, items }: Tokens.List): JSX.Element {
  const children = items.map((item, at) => <ListItem key={at} item={item} />);
  return ordered ? (
    <ol dir="auto" start={start === '' ? 1 : start}>
      {children}
    </ol>
  ) : (
    <ul dir="auto">{children}</ul>
  );
}

const ListItem = memo(({ item }: { readonly item: Tokens.ListItem }): JSX.Element => (
  <li class={item.task ? 'task' : undefined}>{renderAll(item.tokens)}</li>
));

function Checkbox({ checked }: { readonly checked: boolean }): JSX.Element {
  return (
    <span
      class={`checkbox ${checked ? 'checked' : ''}`}
      role="img"
      aria-label={checked ? t('Done') : t('To do')}
    />
  );
}

function renderTable({ header, rows }: Tokens.Table): JSX.Element {
  return (
    <div class="table" tabIndex={0} role="group" aria-label={t('Table')}>
      <table>
        <thead>
          <tr>
            {header.map((cell, at) => (
              <th key={at} scope="col" class={alignClass(cell)}>
                {renderAll(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, at) => (
            <TableRow key={at} cells={cells} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const TableRow = memo(({ cells }: { readonly cells: readonly Tokens.TableCell[] }): JSX.Element => (
  <tr>
    {cells.map((cell, at) => (
      <td key={at} class={alignClass(cell)}>
        {renderAll(cell.tokens)}
      </td>
    ))}
  </tr>
));

function alignClass({ align }: Tokens.TableCell): string | undefined {
  return align === null ? undefined : `align-${align}`;
}

/** A link that may not be followed and leads to no file is shown as text with its URL. */
function renderLink({ href, title, tokens, raw }: Tokens.Link): ComponentChildren {
  const address = decodeEntities(href);
  const target = safeLink(address);
  if (target !== undefined) {
    return (
      <Link target={target} title={title === undefined || title === null ? target : decodeEntities(title)}>
        {tokens.length === 0 ? target : renderAll(tokens)}
      </Link>
    );
  }
  const place = linkedFile(address);
  return place ? (
    <FileLink place={place} otherwise={raw}>
      {renderAll(tokens)}
    </FileLink>
  ) : (
    raw
  );
}

/** A remote image would tell its server that it is viewed, so it becomes a link. */
function renderImage({ href, text, raw }: Tokens.Image): ComponentChildren {
  const source = safeImage(href);
  if (source !== undefined) {
    return <DataImage source={source} alt={text} />;
  }
  const target = safeLink(decodeEntities(href));
  return target === undefined ? (
    raw
  ) : (
    <Link target={target} title={target}>
      {text === '' ? target : text}
    </Link>
  );
}
