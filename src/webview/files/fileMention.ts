import { fileLimits, type FilePlace } from '../../protocol/fileLookup.ts';

/** A longer text isn't a path with a line. */
const longest = fileLimits.pathLength + 40;

/** `:12`, `:12:5`, `:12-24`, or as in URLs of code hosts: `#L12`, `#L12C5`, `#L12-L24`. */
const placeAtEnd =
  /(?::(?<line>\d{1,7})(?::(?<column>\d{1,7})|-(?<end>\d{1,7}))?|#L(?<hashLine>\d{1,7})(?:C(?<hashColumn>\d{1,7}))?(?:-L?(?<hashEnd>\d{1,7})(?:C\d{1,7})?)?)$/;

/** What a path's parts consist of, without anything that would make it a URL or pattern. */
const folderName = /^[\p{L}\p{M}\p{N}_@+$.()[\]-]+$/u;

/** A name doesn't end like a sentence or call, and isn't a number. */
const fileName = /^[\p{L}\p{M}\p{N}_@+$.()[\]-]*[\p{L}\p{N}_-]$/u;

/** File extensions that answers commonly mention. Other files are recognized by folder or line. */
const sourceExtensions: ReadonlySet<string> = new Set(
  [
    'ts tsx mts cts js jsx mjs cjs vue svelte astro html htm css scss sass less',
    'json jsonc json5 yaml yml toml xml ini conf cfg properties lock csv tsv sql graphql proto prisma',
    'md mdx rst txt adoc tex ipynb svg png',
    'py pyi rb php java kt kts scala groovy gradle clj go rs c h cc cpp cxx hh hpp hxx cs fs fsx vb swift m mm',
    'dart lua pl pm r jl ex exs erl hs ml elm nim zig v sol sh bash zsh fish ps1 bat cmd',
    'tf tfvars hcl nix cmake mk dockerfile env patch diff csproj sln vsix wasm glsl wgsl',
  ].flatMap((line) => line.split(' ')),
);

/** The file location that a code span names, if it looks like one; only the host knows whether it exists. */
export function fileMention(text: string): FilePlace | undefined {
  if (text.length > longest) {
    return undefined;
  }
  const groups = placeAtEnd.exec(text)?.groups;
  const path = text.replace(placeAtEnd, '').replace(/^\.\//, '');
  return isPath(path, groups !== undefined) ? { path, ...positionIn(groups ?? {}) } : undefined;
}

/** The file location that a link's target names. */
export function linkedFile(href: string): FilePlace | undefined {
  try {
    return fileMention(href.length > longest ? '' : decodeURIComponent(href));
  } catch {
    // A path with an invalid percent escape isn't looked up.
    return undefined;
  }
}

function isPath(path: string, hasPlace: boolean): boolean {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  if (path.length > fileLimits.pathLength || !fileName.test(name) || !/\p{L}/u.test(name)) {
    return false;
  }
  if (!folders.every((folder) => folderName.test(folder) && folder !== '..')) {
    return false;
  }
  // `user.name` looks like a file too: a bare name needs a file extension or a line.
  const extension = /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return folders.length > 0 || (extension !== undefined && (hasPlace || sourceExtensions.has(extension)));
}

function positionIn(groups: Readonly<Record<string, string | undefined>>): Omit<FilePlace, 'path'> {
  const line = Number(groups['line'] ?? groups['hashLine'] ?? 0);
  const column = Number(groups['column'] ?? groups['hashColumn'] ?? 0);
  const endLine = Number(groups['end'] ?? groups['hashEnd'] ?? 0);
  if (line === 0) {
    return {};
  }
  return { line, ...(column > 0 && { column }), ...(endLine > line && { endLine }) };
}
