import type { AuditEntry, SourceKind } from '../audit/entry.ts';
import { STRICTEST_TERMS, stricterOf, type SourceTerms } from './policy.ts';

/** What the log says of one recording, as far as keeping it goes. */
export interface KeepingFacts {
  readonly dossier: string;
  readonly source: SourceKind;
  /** Days as `YYYY-MM-DD`. */
  readonly recordedOn: string;
  readonly importedOn: string;
  readonly assessedOn: string | undefined;
  /** Day on which it was first found unfit ever to leave the school. */
  readonly rejectedOn: string | undefined;
  /** Day on which the incident hold must be looked at again; undefined: none. */
  readonly holdReviewBy: string | undefined;
  readonly wipe: 'none' | 'begun' | 'partial' | 'complete';
  /**
   * Of the profile it came in under, and where a later one was stricter, of that: what the letter promised
   * is not made longer afterwards (R3). They stand in the log, so that a profile that is lost or was
   * tampered with moves no day.
   */
  readonly terms: SourceTerms;
}

export interface Due {
  /** Last day on which it may be there. */
  readonly on: string;
  readonly rule: 'R4' | 'R6' | 'R7';
}

/** R6: within ten months of the recording. R7: within two weeks. */
const ONLINE_MONTHS = 10;
const LIVESTREAM_DAYS = 14;
/** R5: a hold is looked at again within four weeks. */
export const HOLD_REVIEW_DAYS = 28;

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same day so many months on, or that month's last day. */
export function addMonths(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.toISOString().slice(0, 10);
}

/** The earliest of all terms that apply; a hold does not move it, it only stops the wipe. */
export function dueOf({ source, importedOn, recordedOn, assessedOn, rejectedOn, terms }: KeepingFacts): Due {
  const all: Due[] = [{ on: addDays(importedOn, terms.daysAfterImport), rule: 'R4' }];
  if (assessedOn !== undefined) all.push({ on: addDays(assessedOn, terms.daysAfterAssessment), rule: 'R4' });
  // R1: what was rejected was assessed, whatever is noted afterwards.
  if (rejectedOn !== undefined) all.push({ on: addDays(rejectedOn, terms.daysAfterAssessment), rule: 'R4' });
  if (terms.daysAfterRecording !== undefined)
    all.push({ on: addDays(recordedOn, terms.daysAfterRecording), rule: 'R4' });
  // Of these no profile can say otherwise.
  if (source === 'online-lesson') all.push({ on: addMonths(recordedOn, ONLINE_MONTHS), rule: 'R6' });
  if (source === 'livestream') all.push({ on: addDays(recordedOn, LIVESTREAM_DAYS), rule: 'R7' });
  return all.reduce((first, term) => (term.on < first.on ? term : first));
}

/** Whether it must go now: its day has passed, nothing holds it, and it is still there. @param today `YYYY-MM-DD` */
export function mustGo(facts: KeepingFacts, today: string): boolean {
  return facts.wipe !== 'complete' && facts.holdReviewBy === undefined && today > dueOf(facts).on;
}

/** Reads the facts of every recording out of the log. */
export function keepingFacts(entries: readonly AuditEntry[]): Map<string, KeepingFacts> {
  const all = new Map<string, KeepingFacts>();
  let terms = STRICTEST_TERMS;
  const change = (dossier: string, part: Partial<KeepingFacts>) => {
    const known = all.get(dossier);
    if (known) all.set(dossier, { ...known, ...part });
  };
  for (const { what, at } of entries) {
    switch (what.event) {
      case 'imported':
        // A second one, which only a client of one's own writes, would lift holds and begin terms anew.
        if (all.has(what.dossier)) break;
        all.set(what.dossier, {
          dossier: what.dossier,
          source: what.source,
          recordedOn: what.recordedOn,
          importedOn: at.slice(0, 10),
          assessedOn: undefined,
          rejectedOn: undefined,
          holdReviewBy: undefined,
          wipe: 'none',
          terms: terms[what.source],
        });
        break;
      case 'profile-signed':
        terms = what.terms;
        for (const [dossier, facts] of all)
          all.set(dossier, { ...facts, terms: stricterOf(facts.terms, terms[facts.source]) });
        break;
      case 'assessed':
        change(what.dossier, { assessedOn: what.on });
        break;
      case 'rejected': {
        const [day, first] = [at.slice(0, 10), all.get(what.dossier)?.rejectedOn];
        change(what.dossier, { rejectedOn: first !== undefined && first < day ? first : day });
        break;
      }
      case 'hold-set':
        change(what.dossier, { holdReviewBy: what.reviewBy });
        break;
      case 'hold-lifted':
        change(what.dossier, { holdReviewBy: undefined });
        break;
      case 'wipe-begun':
        change(what.dossier, { wipe: 'begun' });
        break;
      case 'wiped':
        change(what.dossier, { wipe: what.complete ? 'complete' : 'partial' });
        break;
      default:
    }
  }
  return all;
}

/** Days the clock may stand past the newest line of the log and still be believed. */
const PLAUSIBLE_DAYS = 90;

/** A clock held against the log. */
export type Clock = 'right' | 'ahead' | 'behind';

/**
 * @returns `behind` when it stands before a day that the log believes: then nothing that is over its term would
 *   ever go, and nobody would notice
 */
export function clockOf(entries: readonly AuditEntry[], today: string): Clock {
  if (!clockIsPlausible(entries, today)) return 'ahead';
  // A line from midnight UTC on may be written by a clock that is a little faster.
  return today < addDays(trustedDay(entries, today), -1) ? 'behind' : 'right';
}

/**
 * False when the clock is so far ahead that wiping on its word could be a mistake. A line written with
 * such a clock does not make it right: only who confirms it does.
 * @param today `YYYY-MM-DD`
 */
export function clockIsPlausible(entries: readonly AuditEntry[], today: string): boolean {
  return today <= addDays(trustedDay(entries, today), PLAUSIBLE_DAYS);
}

/** The latest day that the log believes. */
function trustedDay(entries: readonly AuditEntry[], today: string): string {
  let trusted = entries[0]?.at.slice(0, 10) ?? today;
  for (const { at, what } of entries) {
    const day = at.slice(0, 10);
    if (what.event === 'clock-confirmed' || (day > trusted && day <= addDays(trusted, PLAUSIBLE_DAYS))) trusted = day;
  }
  return trusted;
}
