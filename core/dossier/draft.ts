import type { Intake } from './intake.ts';

/** Answers of gate G0 that no recording belongs to yet. */
export interface Draft {
  readonly id: string;
  readonly intake: Intake;
}
