import type { HandInRefusal } from '../dossier/hand-in.ts';
import type { ApprovalRefusal } from '../review/assessment.ts';
import type { IntakeRule } from '../dossier/intake.ts';

/** Expected failures of the desk at which one person works with a vault. */
export type DeskError =
  | { code: 'desk-locked' }
  | { code: 'desk-no-vault' }
  | { code: 'desk-no-dossier' }
  | { code: 'desk-job-running' }
  | { code: 'desk-source-unknown' }
  | { code: 'desk-source-differs' }
  | { code: 'keep-not-staff'; track: string }
  | { code: 'hand-in-person' }
  | { code: 'desk-not-analysed' }
  | { code: 'desk-draft-unknown' }
  | { code: 'desk-host-gone' }
  | { code: 'desk-unexpected' }
  | { code: 'intake-refused'; rules: readonly IntakeRule[] }
  | { code: 'hand-in-refused'; reasons: readonly HandInRefusal[] }
  | { code: 'review-refused'; reasons: readonly ApprovalRefusal[] };
