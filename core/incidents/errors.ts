import type { IncidentRefusal } from './states.ts';

/** Expected failures of reporting a data breach. */
export type IncidentError =
  | { code: 'incident-unknown'; incident: string }
  /** It was reported by someone else. */
  | { code: 'incident-sealed' }
  /** The log knows of it; its form is gone. */
  | { code: 'incident-missing' }
  | { code: 'incident-refused'; rules: readonly IncidentRefusal[] };
