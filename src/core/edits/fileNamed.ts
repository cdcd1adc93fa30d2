/** The one of these paths that a model names: as it is, or by the end of it where only one has that. */
export function fileNamed(paths: readonly string[], name: string): string | undefined {
  const named = cleaned(name);
  const same = paths.find((path) => cleaned(path) === named);
  if (same !== undefined || named === '') {
    return same;
  }
  const [only, another] = paths.filter(
    (path) => endsWith(cleaned(path), named) || endsWith(named, cleaned(path)),
  );
  return another === undefined ? only : undefined;
}

function cleaned(path: string): string {
  return path
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
}

function endsWith(path: string, end: string): boolean {
  return path.endsWith(`/${end}`);
}
