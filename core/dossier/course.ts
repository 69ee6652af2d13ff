import { closedOutBy } from '../audit/closed.ts';
import type { AuditEntry, AuditEvent } from '../audit/entry.ts';

/**
 * How far one dossier is, by the log alone: the gates G0 to G6 as one machine. What a line does to it stands in
 * {@link after}, what line may not follow in {@link courseRefusal}; the log takes none that may not (native/vault/vault.ts).
 */
export interface Course {
  readonly imported: boolean;
  /** The questions of gate G0 are answered. */
  readonly opened: boolean;
  /** Everyone who had a hand in it (M3). */
  readonly makers: ReadonlySet<string>;
  /** Of the clip that passed its check, until something was decided anew. */
  readonly clip: string | undefined;
  readonly handedIn: { readonly sha256: string; readonly to: string } | undefined;
  readonly approved: { readonly sha256: string; readonly approval: string; readonly by: string } | undefined;
  /** Since it was approved last, an objection came in or a consent went. */
  readonly reopened: boolean;
  /** Every approval that was ever given, by clip and digest. */
  readonly given: ReadonlySet<string>;
  readonly rejected: boolean;
  readonly held: boolean;
  readonly wipe: 'none' | 'begun' | 'complete';
  /** Deliveries that lie, or may lie in part, outside. */
  readonly outside: ReadonlySet<string>;
  /** Tasks about copies outside that are open. */
  readonly tasks: ReadonlySet<string>;
  readonly closed: boolean;
}

export const NO_COURSE: Course = {
  imported: false,
  opened: false,
  makers: new Set(),
  clip: undefined,
  handedIn: undefined,
  approved: undefined,
  reopened: false,
  given: new Set(),
  rejected: false,
  held: false,
  wipe: 'none',
  outside: new Set(),
  tasks: new Set(),
  closed: false,
};

const including = (set: ReadonlySet<string>, one: string) => new Set([...set, one]);
const without = (set: ReadonlySet<string>, one: string) => new Set([...set].filter((each) => each !== one));
const givenName = ({ sha256, approval }: { readonly sha256: string; readonly approval: string }) =>
  `${sha256} ${approval}`;
/** Whatever is changed is not what was handed in or approved (M3). */
const UNJUDGED = { handedIn: undefined, approved: undefined };

/** What a line about this dossier makes of it. */
function after(course: Course, by: string, what: AuditEvent): Course {
  const made = { ...course, makers: including(course.makers, by) };
  switch (what.event) {
    case 'imported':
      return { ...made, imported: true };
    case 'dossier-opened':
      return { ...course, opened: true };
    case 'analysed':
      return { ...made, ...UNJUDGED };
    case 'decided':
      return { ...made, ...UNJUDGED, clip: undefined };
    case 'resolved':
      return { ...course, ...UNJUDGED };
    case 'reopened':
      return { ...course, ...UNJUDGED, reopened: true };
    case 'rendered':
      return { ...made, ...UNJUDGED, clip: what.passed ? what.sha256 : undefined };
    case 'handed-in':
      return { ...course, ...UNJUDGED, handedIn: { sha256: what.sha256, to: what.person } };
    case 'approved':
      return {
        ...course,
        approved: { sha256: what.sha256, approval: what.approval, by },
        reopened: false,
        given: including(course.given, givenName(what)),
      };
    case 'sent-back':
      return { ...course, ...UNJUDGED };
    case 'rejected':
      return { ...course, ...UNJUDGED, rejected: true };
    case 'hold-set':
      return { ...course, held: true };
    case 'hold-lifted':
      return { ...course, held: false };
    case 'wipe-begun':
      return { ...course, wipe: course.wipe === 'complete' ? 'complete' : 'begun' };
    case 'wiped':
      return { ...course, wipe: what.complete ? 'complete' : 'begun' };
    case 'export-begun':
    case 'exported':
      return { ...course, outside: including(course.outside, what.delivery) };
    case 'taken-back':
      return { ...course, outside: without(course.outside, what.delivery) };
    case 'task-opened':
      return what.kind === 'portal' || what.kind === 'recall'
        ? { ...course, tasks: including(course.tasks, what.task) }
        : course;
    case 'task-done':
      return { ...course, tasks: without(course.tasks, what.task) };
    case 'dossier-closed':
      return { ...course, closed: true };
    default:
      return course;
  }
}

/** @returns the dossier that a line is about, where it is about one */
export function dossierOf(what: AuditEvent): string | undefined {
  return 'dossier' in what ? what.dossier : undefined;
}

export function courseOf(entries: readonly Pick<AuditEntry, 'by' | 'what'>[], dossier: string): Course {
  return entries.reduce(
    (course, { by, what }) => (dossierOf(what) === dossier ? follow(course, by, what) : course),
    NO_COURSE,
  );
}

/** Words of people about a clip: past the gates they are none. What is told to have happened counts all the same. */
const JUDGING = new Set<AuditEvent['event']>(['handed-in', 'approved', 'sent-back', 'rejected']);

function follow(course: Course, by: string, what: AuditEvent): Course {
  const none = JUDGING.has(what.event) && courseRefusal(course, by, what) !== undefined;
  return none ? course : after(course, by, what);
}

/** The rule that keeps a line from following; G1 and G6 stand for "not there yet" and "not there any more". */
export type CourseRule = 'G0' | 'G1' | 'G6' | 'M2' | 'M3' | 'M4' | 'R1' | 'R2' | 'R5';

/** What may be said of a dossier whatever became of it: that more of it was wiped, or how its import ended. */
const ALWAYS = new Set<AuditEvent['event']>([
  ...(['wipe-step', 'wiped', 'import-abandoned'] as const),
  ...(['source-wipe-begun', 'source-wiped'] as const),
]);
/** What is left to do when the recording is gone. */
const AFTER_WIPE = new Set<AuditEvent['event']>(['taken-back', 'task-opened', 'task-done', 'dossier-closed']);

/** Whether a line by someone may follow what the log says of the dossier; undefined: it may. */
export function courseRefusal(course: Course, by: string, what: AuditEvent): CourseRule | undefined {
  if (dossierOf(what) === undefined || ALWAYS.has(what.event)) return undefined;
  // A hold keeps a wipe from being begun; one that was begun goes on.
  if (what.event === 'wipe-begun') return course.held && course.wipe === 'none' ? 'R5' : undefined;
  if (what.event === 'imported') return course.imported ? 'G1' : undefined;
  if (!course.imported) return 'G1';
  // What is outside must be known, whatever has been closed since: to be called back, it has to stand there.
  if (what.event === 'exported' && what.settled) return course.given.has(givenName(what)) ? undefined : 'M4';
  if (course.closed) return closedOutBy(what) === undefined ? undefined : 'G6';
  if (course.wipe === 'complete' && !AFTER_WIPE.has(what.event)) return 'R1';
  switch (what.event) {
    case 'handed-in':
      return handInRefusal(course, by, what);
    case 'approved':
      return judgeRefusal(course, by, what.sha256) ?? (course.held ? 'R5' : undefined);
    case 'sent-back':
    case 'rejected':
      return judgeRefusal(course, by, what.sha256);
    case 'export-begun':
    case 'exported':
      return exportRefusal(course, what);
    case 'key-released':
    case 'key-taken':
      return course.wipe === 'none' ? undefined : 'R1';
    case 'taken-back':
      return course.outside.has(what.delivery) ? undefined : 'R2';
    case 'dossier-closed':
      if (course.wipe !== 'complete') return 'R1';
      if (course.held) return 'R5';
      // A copy outside is somebody's task by then.
      return course.outside.size > 0 && course.tasks.size === 0 ? 'R2' : undefined;
    default:
      return undefined;
  }
}

function handInRefusal(
  { opened, rejected, clip, makers, held }: Course,
  by: string,
  { sha256, person }: Extract<AuditEvent, { event: 'handed-in' }>,
): CourseRule | undefined {
  if (!opened) return 'G0';
  // What is restricted is kept, and nothing else (AVG art. 18(2)).
  if (held) return 'R5';
  if (rejected) return 'M3';
  if (clip === undefined || clip !== sha256) return 'M2';
  return person === by || makers.has(person) ? 'M3' : undefined;
}

function judgeRefusal({ handedIn, makers }: Course, by: string, sha256: string): CourseRule | undefined {
  const mine = handedIn?.to === by && handedIn.sha256 === sha256;
  return mine && !makers.has(by) ? undefined : 'M3';
}

function exportRefusal(
  { approved, held, wipe }: Course,
  { sha256, approval }: Extract<AuditEvent, { event: 'export-begun' | 'exported' }>,
): CourseRule | undefined {
  if (wipe !== 'none') return 'R1';
  if (held) return 'R5';
  return approved?.sha256 === sha256 && approved.approval === approval ? undefined : 'M4';
}

/** Lines of a log that could not have come about through the gates: their numbers, with the rule. */
export function outOfCourse(entries: readonly AuditEntry[]): { readonly seq: number; readonly rule: CourseRule }[] {
  const courses = new Map<string, Course>();
  return entries.flatMap(({ seq, by, what }) => {
    const dossier = dossierOf(what);
    if (dossier === undefined) return [];
    const course = courses.get(dossier) ?? NO_COURSE;
    const rule = courseRefusal(course, by, what);
    courses.set(dossier, follow(course, by, what));
    return rule ? [{ seq, rule }] : [];
  });
}
