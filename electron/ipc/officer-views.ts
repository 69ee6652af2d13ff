import type { IncidentCase } from '../../core/incidents/states.ts';
import type { RequestTasks } from '../../core/requests/effects.ts';
import type { RequestCase } from '../../core/requests/states.ts';

/** A dossier as those know it who may not see into it. */
export interface DossierDay {
  readonly dossier: string;
  readonly recordedOn: string;
}

export interface RequestsView {
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly requests: readonly RequestCase[];
}

export interface RequestView {
  readonly known: RequestCase;
  readonly tasks: RequestTasks;
  /** On which a hold was set just now (art. 18). */
  readonly held: readonly string[];
  /** Days of all dossiers that it names. */
  readonly days: readonly DossierDay[];
}

/** Of those of others its dates alone. */
export interface IncidentLine {
  readonly incident: string;
  readonly form: 'readable' | 'sealed' | 'damaged' | 'missing';
  readonly noticedAt: string | undefined;
  readonly reportBy: string | undefined;
  readonly closed: boolean;
}

export interface IncidentsView {
  /** ISO 8601 */
  readonly now: string;
  readonly incidents: readonly IncidentLine[];
}

export interface IncidentView {
  readonly known: IncidentCase;
  readonly logUnchanged: boolean;
  /** Every dossier that may be named. */
  readonly days: readonly DossierDay[];
}
