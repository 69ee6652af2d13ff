import type { Material, Purpose } from '../dossier/kinds.ts';
import type { Portal, SchoolProfile } from '../profile/profile.ts';
import { addDays } from '../retention/terms.ts';

/** What keeps a clip in the vault (gate G4), each with the rule that says so; the sentences are in words/. */
export const EXPORT_RULES = {
  'not-approved': 'M3',
  'clip-differs': 'M4',
  rejected: 'M2',
  'purpose-unknown': 'P1',
  'purpose-internal': 'P2',
  'sharing-never': 'P14',
  'assessment-only': 'P7',
  'target-unknown': 'S4',
  'page-not-read': 'S3',
  'too-large': 'S3',
  'too-long': 'S3',
  'objection-open': 'B3',
  reopened: 'B3',
  'on-hold': 'R5',
  'past-term': 'R4',
  wiped: 'R1',
  closed: 'R1',
} as const;
export type ExportRefusal = keyof typeof EXPORT_RULES;
export const EXPORT_REFUSALS = Object.keys(EXPORT_RULES) as ExportRefusal[];

/** Somebody says that they read how an institute wants footage handled, and will keep to it (S3). */
export interface PageRead {
  readonly target: string;
  /** `YYYY-MM-DD` */
  readonly on: string;
}

/** An institute's page may change: what was read longer ago is read again. */
export const PAGE_READ_DAYS = 30;

/** All that decides whether one clip may leave for one target, as it is now. */
export interface ExportFacts {
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Of the bytes that lie there, and that those are the approved ones; a signature over other bytes is none of these. */
  readonly approval: 'valid' | 'of-other-bytes' | 'none';
  readonly rejected: boolean;
  readonly purpose: Purpose | undefined;
  /** Undefined: it was not asked, or not said the same in log and dossier. */
  readonly material: Material | undefined;
  readonly profile: Pick<SchoolProfile, 'purposes' | 'sharing' | 'portals'>;
  readonly target: string;
  /** Of the clip, in bytes and seconds; undefined where there is none. */
  readonly size: number | undefined;
  readonly seconds: number | undefined;
  readonly pageRead: PageRead | undefined;
  /** Pupils of whose objection it was not said how it was met. */
  readonly openObjections: number;
  /** An objection came in, or a consent went, since it was approved. */
  readonly reopened: boolean;
  readonly held: boolean;
  /** Last day on which the recording may be there. */
  readonly due: string;
  readonly wiped: boolean;
  readonly closed: boolean;
}

/** Where a clip may go: from the signed profile, and from nowhere else (S4, S12). */
export function targetOf({ portals }: Pick<SchoolProfile, 'portals'>, id: string): Portal | undefined {
  return portals.find((portal) => portal.id === id);
}

/** @returns nothing when these bytes may leave for this target; else everything that stands in the way */
export function exportRefusals(facts: ExportFacts): ExportRefusal[] {
  const { approval, purpose, profile, target, today, due } = facts;
  const limits = targetOf(profile, target)?.limits;
  const holds: Record<ExportRefusal, boolean> = {
    'not-approved': approval === 'none',
    'clip-differs': approval === 'of-other-bytes',
    rejected: facts.rejected,
    'purpose-unknown': purpose === undefined || !profile.purposes.some((each) => each.purpose === purpose),
    'purpose-internal': purpose === 'lesson-quality',
    'sharing-never': profile.sharing === 'never',
    'assessment-only': profile.sharing === 'assessment-only' && facts.material !== 'assessment',
    'target-unknown': targetOf(profile, target)?.loginProtected !== true,
    'page-not-read': !readLately(facts.pageRead, target, today),
    'too-large': (facts.size ?? 0) > (limits?.bytes ?? Infinity),
    'too-long': (facts.seconds ?? 0) > (limits?.seconds ?? Infinity),
    'objection-open': facts.openObjections > 0,
    reopened: facts.reopened,
    'on-hold': facts.held,
    'past-term': today > due,
    wiped: facts.wiped,
    closed: facts.closed,
  };
  return EXPORT_REFUSALS.filter((each) => holds[each]);
}

function readLately(read: PageRead | undefined, target: string, today: string): boolean {
  return read?.target === target && read.on <= today && today <= addDays(read.on, PAGE_READ_DAYS);
}
