import type { KeepingFacts } from '../retention/terms.ts';
import type { RequestOutcome } from './request.ts';
import type { RequestCase } from './states.ts';

/** What still has to be done before a request can be granted; nothing of it happens by itself. */
export interface RequestTasks {
  /** Dossiers that the privacy officer must set a hold on (art. 18). */
  readonly hold: readonly string[];
  /** Dossiers to wipe (art. 17). */
  readonly wipe: readonly string[];
  /** The objection must be entered in the register (art. 21, B1). */
  readonly register: boolean;
  /** Recordings of which a copy would be asked for, and can't be made (art. 15(3)). */
  readonly copy: readonly string[];
}

/**
 * @param facts of all recordings
 * @param registered whether the objection stands in the register
 */
export function requestTasks(
  { request, concerned }: RequestCase,
  facts: ReadonlyMap<string, KeepingFacts>,
  registered: boolean,
): RequestTasks {
  const of = (wanted: (each: KeepingFacts) => boolean) =>
    concerned.filter((id) => {
      const each = facts.get(id);
      return each !== undefined && wanted(each);
    });
  const there = ({ wipe }: KeepingFacts) => wipe === 'none';
  const { kind } = request;
  return {
    hold: kind === 'restriction' ? of((each) => there(each) && each.holdReviewBy === undefined) : [],
    // Half wiped is not wiped.
    wipe: kind === 'erasure' ? of(({ wipe }) => wipe !== 'complete') : [],
    register: kind === 'objection' && request.by !== 'staff' && !registered,
    copy: kind === 'access' ? of(there) : [],
  };
}

/** Why "granted" would not be true. */
export type GrantRefusal = 'V1-unseen' | 'V1-copy' | 'art-17-not-wiped' | 'art-18-not-held' | 'art-21-not-registered';

/**
 * Nobody is told that it was done while it was not. An inzage copy in which all others are unrecognisable
 * can't be made: a dossier has one set of decisions and one clip, and a clip that shows a pupil must not
 * lie where an approved one lies.
 */
export function grantRefusals(known: RequestCase, outcome: RequestOutcome, tasks: RequestTasks): GrantRefusal[] {
  if (outcome !== 'granted') return [];
  const found: GrantRefusal[] = [];
  if (known.unseen.length > 0) found.push('V1-unseen');
  if (tasks.copy.length > 0) found.push('V1-copy');
  if (tasks.wipe.length > 0) found.push('art-17-not-wiped');
  if (tasks.hold.length > 0) found.push('art-18-not-held');
  if (tasks.register) found.push('art-21-not-registered');
  return found;
}
