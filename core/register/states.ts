import type { Role } from '../vault/person.ts';
import type { Move, RegisterEntry, RegisterResolution } from './entry.ts';

/** Ontvangen, in overleg, oplossing gekozen, uitgevoerd, bevestigd (B3). */
export type ObjectionState = 'received' | Move['to'];

/** Why a step of an objection can't be taken; begins with the rule that says so. */
export type MoveRefusal =
  | 'B3-order'
  | 'B3-consent'
  | 'B3-role'
  | 'B3-withdrawn'
  | 'B3-date'
  | 'B4-role'
  | 'B5-not-cut'
  | 'B7-role'
  | 'B7-reason';

/** Shorter than this says nothing about why (B7). */
const LEAST_REASON = 10;

/** Steps that may follow. From `carried-out` back: the pupil came into view all the same, and is cut out (B5). */
const FOLLOWS: Record<ObjectionState, readonly ObjectionState[]> = {
  received: ['consulting'],
  consulting: ['resolved'],
  resolved: ['carried-out'],
  'carried-out': ['confirmed', 'resolved'],
  confirmed: [],
};

/** Who may take a step: the Privacy Officer talks with parents too (B2, B3), the schoolopleider judges (B4, B7). */
const ROLES: Record<Move['to'], { readonly roles: readonly Role[]; readonly refusal: MoveRefusal }> = {
  consulting: { roles: ['school-trainer', 'privacy-officer'], refusal: 'B3-role' },
  resolved: { roles: ['school-trainer'], refusal: 'B7-role' },
  'carried-out': { roles: ['school-trainer'], refusal: 'B3-role' },
  confirmed: { roles: ['school-trainer'], refusal: 'B4-role' },
};

const about = (move: Move) => ('dossier' in move ? move.dossier : undefined);

/** The steps of an entry that count for one dossier; undefined: for none in particular. */
function stepsFor(entry: string, dossier: string | undefined, moves: readonly Move[]): Move[] {
  return moves.filter((move) => move.entry === entry && (about(move) === undefined || about(move) === dossier));
}

/** How far an objection is in one dossier. A dossier that nothing was chosen for is where the talks are (B7). */
export function objectionState(entry: string, dossier: string | undefined, moves: readonly Move[]): ObjectionState {
  return stepsFor(entry, dossier, moves).at(-1)?.to ?? 'received';
}

/** What was chosen for one dossier last; there is no choice for a whole class (B7). */
export function resolutionFor(
  entry: string,
  dossier: string,
  moves: readonly Move[],
): { readonly resolution: RegisterResolution; readonly reason: string } | undefined {
  const chosen = stepsFor(entry, dossier, moves).findLast((move) => move.to === 'resolved');
  return chosen?.to === 'resolved' ? { resolution: chosen.resolution, reason: chosen.reason } : undefined;
}

/**
 * All that stands against a step.
 * @param withdrawn whether the objection was taken back
 * @param moves that were taken before, in their order
 */
export function moveRefusals(
  entry: RegisterEntry,
  withdrawn: boolean,
  moves: readonly Move[],
  move: Move,
): MoveRefusal[] {
  if (entry.kind === 'consent') return ['B3-consent'];
  if (withdrawn) return ['B3-withdrawn'];
  const found: MoveRefusal[] = [];
  const before = stepsFor(entry.id, about(move), moves);
  const state = before.at(-1)?.to ?? 'received';
  const { roles, refusal } = ROLES[move.to];
  if (!FOLLOWS[state].includes(move.to)) found.push('B3-order');
  if (!roles.includes(move.by)) found.push(refusal);
  if (move.on < (before.at(-1)?.on ?? entry.received)) found.push('B3-date');
  if (move.to === 'resolved') {
    if (move.reason.trim().length < LEAST_REASON) found.push('B7-reason');
    if (state === 'carried-out' && move.resolution !== 'cut') found.push('B5-not-cut');
  }
  return found;
}
