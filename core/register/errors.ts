import type { EntryRefusal } from './entry.ts';
import type { MoveRefusal } from './states.ts';
import type { PlanProblem } from './import-plan.ts';
import type { CsvProblem } from './csv.ts';
import type { FileProblem } from './preferences.ts';

/** Expected failures of the register of objections and consents, its import and its letters. */
export type RegisterError =
  | { code: 'register-not-admitted' }
  | { code: 'register-shortened' }
  | { code: 'register-entry-unknown'; entry: string }
  | { code: 'register-entry-refused'; rules: readonly (EntryRefusal | 'date-future' | 'R10-past')[] }
  | { code: 'register-pupil-named' }
  | { code: 'register-sheet-old' }
  | { code: 'register-withdrawn' }
  | { code: 'register-move-refused'; rules: readonly MoveRefusal[] }
  | { code: 'register-file-missing' }
  | { code: 'register-file-text' }
  | { code: 'register-file-csv'; line: number; problem: CsvProblem }
  | { code: 'register-file-header'; problem: FileProblem; column: string }
  | { code: 'register-file-rows'; rows: number; line: number; problem: PlanProblem }
  | { code: 'letter-missing' }
  | { code: 'letter-invalid'; field: string };
