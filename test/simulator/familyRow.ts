/** One line of the family table, taken apart. */
export interface FamilyRow {
  readonly author: string;
  readonly slug: string;
  readonly label: string;
  readonly name: string;
  readonly contextLength: number | null;
  readonly longestAnswer: number | null;
  readonly promptPrice: number;
  readonly completionPrice: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly features: ReadonlySet<string>;
  /** Unix seconds. */
  readonly created: number;
  readonly extras: ReadonlyMap<string, string>;
}

const modalities: Readonly<Record<string, string>> = {
  t: 'text',
  i: 'image',
  f: 'file',
  a: 'audio',
  v: 'video',
  e: 'embeddings',
};

/** Reads the family table; a line with `{a,b}` becomes one row for each version. */
export function readFamilies(table: string): readonly FamilyRow[] {
  return table
    .trim()
    .split('\n')
    .flatMap((line) => readFamily(line));
}

function readFamily(line: string): readonly FamilyRow[] {
  const cells = line.split('|').map((cell) => cell.trim());
  const [path = '', name = '', context = '', answer = '', prompt = '', completion = ''] = cells;
  const [traffic = '', features = '', dates = '', extras = ''] = cells.slice(6);
  const [inputs = '', outputs = ''] = traffic.split('>');
  const author = path.slice(0, path.indexOf('/'));
  return versionsOf(path.slice(author.length + 1)).map((version, position) => ({
    author,
    slug: version.slug,
    label: version.label,
    name: name.replace('{}', version.label).replace(/ +/g, ' ').trim(),
    contextLength: sizeOf(context),
    longestAnswer: sizeOf(answer),
    promptPrice: Number(prompt) * tierFactor(version.label),
    completionPrice: Number(completion) * tierFactor(version.label),
    inputs: modalitiesOf(inputs),
    outputs: modalitiesOf(outputs),
    features: new Set(features),
    created: createdAt(dates, position),
    extras: extrasOf(extras),
  }));
}

function modalitiesOf(letters: string): readonly string[] {
  return letters.split('').map((letter) => modalities[letter] ?? letter);
}

interface Version {
  readonly slug: string;
  readonly label: string;
}

function versionsOf(pattern: string): readonly Version[] {
  const group = /\{([^}]*)\}/.exec(pattern);
  if (!group) return [{ slug: pattern, label: '' }];
  const before = pattern.slice(0, group.index);
  const after = pattern.slice(group.index + group[0].length);
  return (group[1] ?? '').split(',').flatMap((version) =>
    versionsOf(after).map((rest) => ({
      slug: before + version + rest.slug,
      label: `${labelOf(version)} ${rest.label}`.trim(),
    })),
  );
}

/** `-70b-instruct` is shown as `70B Instruct`. */
function labelOf(version: string): string {
  return version
    .replace(/^[-.]/, '')
    .split('-')
    .map((word) => (/^[a-z]?\d+(\.\d+)?[bk]$/.test(word) ? word.toUpperCase() : capitalised(word)))
    .join(' ');
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

const units: Readonly<Record<string, number>> = { k: 1000, K: 1024, m: 1_000_000, M: 1_048_576 };

/** `128K` is 131,072 and `200k` is 200,000, because the catalog has both kinds. */
export function sizeOf(text: string): number | null {
  if (text === '-') return null;
  const unit = units[text.slice(-1)];
  return unit === undefined ? Number(text) : Number(text.slice(0, -1)) * unit;
}

const tiers: Readonly<Record<string, number>> = {
  Nano: 0.05,
  Mini: 0.2,
  Haiku: 0.25,
  Flash: 0.25,
  Lite: 0.5,
  Large: 2,
  Pro: 4,
  Premier: 20,
};

function tierFactor(label: string): number {
  return label.split(' ').reduce((factor, word) => factor * (tiers[word] ?? 1), 1);
}

function createdAt(dates: string, position: number): number {
  const [first = '', step = '1'] = dates.split('+');
  const [year = '', month = ''] = first.split('-');
  const day = 5 + ((position * 7) % 20);
  return Date.UTC(Number(year), Number(month) - 1 + position * Number(step), day) / 1000;
}

function extrasOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(' ')
      .filter((extra) => extra !== '')
      .map((extra) => {
        const [name = '', value = ''] = extra.split(':');
        return [name, value];
      }),
  );
}
