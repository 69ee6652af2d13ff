import { existsSync, readFileSync, statSync } from 'node:fs';
import { fail } from '../../core/errors.ts';
import { readCsv } from '../../core/register/csv.ts';
import { planImport, type ImportDefaults, type ImportPlan, type PlanProblem } from '../../core/register/import-plan.ts';
import { readPreferences, type PreferencePurpose } from '../../core/register/preferences.ts';
import { newId } from '../vault/seal.ts';
import { textOf } from '../text.ts';
import type { Changed, Registers } from './registers.ts';

/** A whole school's list is far below this; more is another kind of file. */
const MOST_BYTES = 4 << 20;

export interface ImportWish extends Omit<ImportDefaults, 'today'> {
  readonly file: string;
  /** The class of rows that name none. */
  readonly group: string | undefined;
  readonly dryRun: boolean;
  /** Told of every row that can't be taken in, before the import is refused. */
  onProblem?(line: number, problem: PlanProblem): void;
}

export interface ImportOutcome extends ImportPlan {
  readonly dropped: { readonly columns: number; readonly purposes: readonly PreferencePurpose[] };
  readonly changed: readonly Changed[];
}

/**
 * Takes a preference list in, all of it or nothing. Names in it are read, replaced by numbers and
 * forgotten; the file itself is left as it is.
 * @throws AppFailure `register-file-…`, `register-entry-refused`
 */
export async function importPreferences(registers: Registers, wish: ImportWish): Promise<ImportOutcome> {
  const csv = readCsv(textIn(wish.file));
  if (!csv.ok) return fail({ code: 'register-file-csv', line: csv.line, problem: csv.problem });
  const list = readPreferences(csv.rows, wish.group);
  if (!list.ok) return fail({ code: 'register-file-header', problem: list.problem, column: list.column });
  const defaults = { ...wish, today: registers.today };
  const plan = planImport(list.preferences, (group) => registers.of(group), defaults, newId);
  const problems = [...list.problems, ...plan.problems].sort((a, b) => a.line - b.line);
  const [first] = problems;
  if (first) {
    for (const { line, problem } of problems) wish.onProblem?.(line, problem);
    const rows = new Set(problems.map(({ line }) => line)).size;
    return fail({ code: 'register-file-rows', rows, line: first.line, problem: first.problem });
  }
  const changed = wish.dryRun ? [] : await registers.add(plan.entries);
  return { ...plan, dropped: list.dropped, changed };
}

/** As Excel writes it. */
function textIn(file: string): string {
  if (!existsSync(file) || !statSync(file).isFile()) fail({ code: 'register-file-missing' });
  if (statSync(file).size > MOST_BYTES) fail({ code: 'register-file-text' });
  const bytes = readFileSync(file);
  // A zero byte is in no list of words: UTF-16, a spreadsheet, a picture.
  if (bytes.includes(0)) fail({ code: 'register-file-text' });
  return textOf(bytes);
}
