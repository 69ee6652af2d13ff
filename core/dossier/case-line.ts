import type { Due } from '../retention/terms.ts';
import type { ClosingReason } from './closing.ts';
import type { NextStep } from './next-step.ts';
import type { TaskKind } from './tasks.ts';

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

/** What falls to somebody, as a list shows it. */
export interface TaskLine {
  readonly task: string;
  readonly dossier: string;
  readonly recordedOn: string;
  readonly kind: TaskKind;
  /** Name of a colleague; undefined for one who is not there any more. */
  readonly owner: string | undefined;
  /** Whoever asks may say that it is done. */
  readonly mine: boolean;
  /** Last day on which it is in time, `YYYY-MM-DD`. */
  readonly due: string;
  readonly overdue: boolean;
}

/** A dossier whose recording is gone, and that nobody closed yet (G6). */
export interface EndedLine {
  readonly dossier: string;
  readonly recordedOn: string;
  /** What is still missing; empty: it can be closed. */
  readonly missing: readonly ClosingReason[];
}
