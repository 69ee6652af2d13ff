import type { Due } from '../retention/terms.ts';
import type { NextStep } from './next-step.ts';

/** A dossier as a list of them shows it. */
export interface CaseLine {
  readonly id: string;
  /** Undefined for those who may not see the recording. */
  readonly label: string | undefined;
  readonly group: string | undefined;
  readonly recordedOn: string;
  readonly milliseconds: number | undefined;
  /** Last day on which it may be there, and the rule that says so. */
  readonly due: string;
  readonly dueRule: Due['rule'];
  readonly held: boolean;
  readonly step: NextStep;
}
