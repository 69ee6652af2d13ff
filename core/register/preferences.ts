import { AgeBand, Channel, GivenBy, Group, type Pseudonym } from './entry.ts';
import type { CsvRow } from './csv.ts';
import { groupKey } from './group.ts';

/**
 * The seven purposes of the preference lists, by name and never by number: the printed leaflet counts
 * 1-2-3-4-6-6-7 (I7). Only `interne_training` is used here.
 */
export const PURPOSES = [
  'onderwijsverslaggeving',
  'besloten_communicatie_stamgroep',
  'besloten_communicatie_bouw_en_school',
  'publieke_communicatie',
  'interne_onderzoek',
  'interne_training',
  'brede_onderzoek',
] as const;
export type PreferencePurpose = (typeof PURPOSES)[number];

/** Other spellings of the same columns, as leaflets and exports have them. */
const PURPOSE_NAMES: Record<string, PreferencePurpose> = {
  onderwijsverslaggeving_van_uw_kind: 'onderwijsverslaggeving',
  besloten_communicatie_binnen_stamgroep: 'besloten_communicatie_stamgroep',
  besloten_communicatie_binnen_bouw_en_school: 'besloten_communicatie_bouw_en_school',
  interne_onderzoeksdoeleinden: 'interne_onderzoek',
  interne_trainingsdoeleinden: 'interne_training',
  brede_onderzoeksdoeleinden: 'brede_onderzoek',
  ...Object.fromEntries(PURPOSES.map((purpose) => [purpose, purpose])),
};

const FIELDS = {
  pupil: ['leerling', 'pseudoniem', 'kind', 'naam', 'naam_leerling', 'naam_kind', 'pupil'],
  group: ['klas', 'groep', 'stamgroep', 'lesgroep', 'group'],
  row: ['rij', 'row'],
  place: ['plaats', 'place'],
  by: ['door', 'by'],
  band: ['leeftijdsgroep', 'band'],
  channel: ['kanaal', 'channel'],
  received: ['ontvangen', 'datum', 'received'],
} as const;
type Field = keyof typeof FIELDS;

/** A column that is used; the words of its cells are not kept unless they stand in a closed list. */
export type UsedColumn = Field | 'interne_training';

export type FileProblem = 'no-rows' | 'column-missing' | 'column-double';

/** Why a row can't be taken in. It never quotes the cell: there may be a name in it. */
export type RowProblem =
  | 'cells'
  | 'pupil-missing'
  | 'pupil-double'
  | 'group-missing'
  | 'answer-unknown'
  | 'seat-not-number'
  | 'by-unknown'
  | 'band-unknown'
  | 'channel-unknown'
  | 'date-unknown';

export interface Preference {
  readonly line: number;
  readonly group: string;
  /** Undefined where the file had something else, such as a name: it gets a number, and is forgotten. */
  readonly pupil: Pseudonym | undefined;
  readonly seat: string;
  /** Undefined: nothing was answered, which counts as no consent. */
  readonly training: boolean | undefined;
  readonly by: GivenBy | undefined;
  readonly band: AgeBand | undefined;
  readonly channel: Channel | undefined;
  readonly received: string | undefined;
}

export type PreferenceList =
  | { readonly ok: false; readonly problem: FileProblem; readonly column: string }
  | {
      readonly ok: true;
      readonly preferences: readonly Preference[];
      readonly problems: readonly { readonly line: number; readonly problem: RowProblem }[];
      /** How many columns were left out, and which of the seven purposes are among them. */
      readonly dropped: { readonly columns: number; readonly purposes: readonly PreferencePurpose[] };
    };

/** "6. Interne trainingsdoeleinden" and "interne_training" are the same column; the number says nothing (I7). */
function plainName(header: string): string {
  const letters = header.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters
    .replace(/^\s*\d+\s*[.):-]?\s*/, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

function columnOf(header: string): UsedColumn | PreferencePurpose | undefined {
  const name = plainName(header);
  const field = Object.entries(FIELDS).find(([, names]) => names.some((each) => each === name))?.[0];
  return (field as Field | undefined) ?? (Object.hasOwn(PURPOSE_NAMES, name) ? PURPOSE_NAMES[name] : undefined);
}

const isUsed = (column: string | undefined): column is UsedColumn =>
  column !== undefined && (column === 'interne_training' || Object.hasOwn(FIELDS, column));

/** @param group the class that rows without one belong to */
export function readPreferences(rows: readonly CsvRow[], group: string | undefined): PreferenceList {
  const [head, ...body] = rows;
  if (!head || body.length === 0) return { ok: false, problem: 'no-rows', column: '' };
  const columns = head.cells.map(columnOf);
  const at = new Map<UsedColumn, number>();
  for (const [index, column] of columns.entries()) {
    if (!isUsed(column)) continue;
    if (at.has(column)) return { ok: false, problem: 'column-double', column };
    at.set(column, index);
  }
  for (const column of ['interne_training', 'pupil'] as const)
    if (!at.has(column)) return { ok: false, problem: 'column-missing', column };
  if (group === undefined && !at.has('group')) return { ok: false, problem: 'column-missing', column: 'group' };
  const read = body.map((row) => readRow(row, columns.length, at, group));
  const good = read.flatMap((each) => ('problem' in each ? [] : [each]));
  const seen = new Set<string>();
  const double = good.filter((each) => {
    const key = `${groupKey(each.group)}\n${each.pupil ?? `line ${each.line}`}`;
    return seen.size === seen.add(key).size;
  });
  const problems = [
    ...read.flatMap((each) => ('problem' in each ? [each] : [])),
    ...double.map(({ line }) => ({ line, problem: 'pupil-double' as const })),
  ];
  const others = columns.filter((column) => !isUsed(column));
  return {
    ok: true,
    preferences: good,
    problems: problems.sort((a, b) => a.line - b.line),
    dropped: { columns: others.length, purposes: others.flatMap((each) => (each && !isUsed(each) ? [each] : [])) },
  };
}

const YES = ['ja', 'j', 'yes', 'y', '1', 'true', 'waar', 'x'];
const NO = ['nee', 'n', 'neen', 'no', '0', 'false', 'onwaar'];
const BY: Record<string, GivenBy> = { leerling: 'pupil', pupil: 'pupil', ouder: 'parent', parent: 'parent' };
const BANDS: Record<string, AgeBand> = { '<16': '<16', '16+': '16+' };
const CHANNELS: Record<string, Channel> = {
  papier: 'paper',
  telefoon: 'phone',
  gesprek: 'in-person',
  anders: 'other',
  ...Object.fromEntries(Channel.options.map((option) => [option, option])),
};

function readRow(
  { line, cells }: CsvRow,
  width: number,
  at: ReadonlyMap<UsedColumn, number>,
  group: string | undefined,
): Preference | { readonly line: number; readonly problem: RowProblem } {
  const bad = (problem: RowProblem) => ({ line, problem });
  // A name with a separator in it, unquoted, shifts all answers behind it.
  if (cells.length !== width) return bad('cells');
  const cell = (column: UsedColumn) => cells[at.get(column) ?? -1]?.trim() ?? '';
  const word = (column: UsedColumn) => cell(column).toLowerCase();
  const named = Group.safeParse(cell('group') || group);
  if (cell('pupil') === '') return bad('pupil-missing');
  if (!named.success) return bad('group-missing');
  const answer = word('interne_training');
  if (answer !== '' && !YES.includes(answer) && !NO.includes(answer)) return bad('answer-unknown');
  // Numbers alone: a note could hold a name.
  if (![cell('row'), cell('place')].every((text) => /^\d{0,2}$/.test(text))) return bad('seat-not-number');
  if (word('by') !== '' && !Object.hasOwn(BY, word('by'))) return bad('by-unknown');
  if (word('band') !== '' && !Object.hasOwn(BANDS, word('band'))) return bad('band-unknown');
  if (word('channel') !== '' && !Object.hasOwn(CHANNELS, word('channel'))) return bad('channel-unknown');
  const received = cell('received') === '' ? undefined : dayOf(cell('received'));
  if (received === null) return bad('date-unknown');
  const seat = [cell('row') && `rij ${Number(cell('row'))}`, cell('place') && `plaats ${Number(cell('place'))}`];
  return {
    line,
    group: named.data,
    pupil: pseudonymOf(cell('pupil')),
    seat: seat.filter((part) => part !== '').join(', '),
    training: answer === '' ? undefined : YES.includes(answer),
    by: BY[word('by')],
    band: BANDS[word('band')],
    channel: CHANNELS[word('channel')],
    received,
  };
}

/** Only "Leerling 3", or the number alone; everything else may be a name (B1). */
function pseudonymOf(text: string): Pseudonym | undefined {
  const number = /^(?:leerling\s*)?0*([1-9]\d{0,3})$/i.exec(text)?.[1];
  return number === undefined ? undefined : `Leerling ${number}`;
}

/** `2026-11-05` or `5-11-2026`; null for a day that is none. */
function dayOf(text: string): string | null {
  const parts =
    /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1) ??
    /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(text)?.slice(1).reverse();
  if (!parts) return null;
  const day = parts.map((part) => part.padStart(2, '0')).join('-');
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day ? day : null;
}
