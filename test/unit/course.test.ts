import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayWrite, type AuditEntry, type AuditEvent } from '../../core/audit/entry.ts';
import { courseOf, courseRefusal, outOfCourse } from '../../core/dossier/course.ts';
import type { Role } from '../../core/vault/person.ts';

const DOSSIER = '0123456789abcdef';
const id = (n: number) => n.toString(16).padStart(16, '0');
const hash = (letter: string) => letter.repeat(64);
/** Two trainees, two school trainers, a privacy officer and an administrator. */
const PEOPLE: Readonly<Record<string, Role>> = {
  [id(1)]: 'trainee',
  [id(2)]: 'trainee',
  [id(3)]: 'school-trainer',
  [id(4)]: 'school-trainer',
  [id(5)]: 'privacy-officer',
  [id(6)]: 'administrator',
};
const [DAAN, , SARA, OLAF, PIA] = Object.keys(PEOPLE) as [string, string, string, string, string];
const about = { dossier: DOSSIER };
const imported: AuditEvent = {
  ...{ event: 'imported', ...about, source: 'lesson', recordedOn: '2026-11-20' },
  ...{ bytes: 1, milliseconds: 1, hmac: hash('1') },
};
const opened: AuditEvent = { event: 'dossier-opened', ...about, purpose: 'teacher-training', ground: 'consent' };
const decided: AuditEvent = { event: 'decided', ...about, decisions: hash('2') };
const rendered = (sha256: string, passed = true): AuditEvent => ({
  ...{ event: 'rendered', ...about, sha256, passed, findings: 0 },
});
const handedIn = (sha256: string, person: string): AuditEvent => ({ event: 'handed-in', ...about, sha256, person });
const approved = (sha256: string, approval = hash('a')): AuditEvent => ({
  ...{ event: 'approved', ...about, sha256, approval, seconds: 9 },
});
const exported = (sha256: string, approval = hash('a'), delivery = id(100)): AuditEvent => ({
  ...{ event: 'exported', ...about, sha256, approval, target: 'hva', delivery },
});
const exportBegun = (sha256: string, approval = hash('a')): AuditEvent => ({
  ...{ event: 'export-begun', ...about, sha256, approval, target: 'hva', delivery: id(100) },
});
const wiped = (complete = true): AuditEvent => ({ event: 'wiped', ...about, complete, certificate: hash('c') });
const closed: AuditEvent = { event: 'dossier-closed', ...about };
const takenBack: AuditEvent = { event: 'taken-back', ...about, delivery: id(100), how: 'attested' };
const task = (event: 'task-opened' | 'task-done'): AuditEvent =>
  event === 'task-opened'
    ? { event, ...about, task: id(200), kind: 'portal', owner: DAAN, due: '2026-12-01' }
    : { event, ...about, task: id(200) };

type Line = readonly [by: string, what: AuditEvent];
const entry = ([by, what]: Line, index: number): AuditEntry => ({
  ...{ seq: index + 1, at: '2026-11-22T10:00:00.000Z', by, what },
  ...{ prev: hash('0'), hash: hash('0'), signature: 'AA==' },
});
/** What a vault takes of what is asked of it, by role and by course. */
function taken(lines: readonly Line[]): Line[] {
  const log: Line[] = [];
  for (const [by, what] of lines) {
    const course = courseOf(
      log.map(([who, event]) => ({ by: who, what: event })),
      DOSSIER,
    );
    if (mayWrite(PEOPLE[by]!, what) && courseRefusal(course, by, what) === undefined) log.push([by, what]);
  }
  return log;
}

const CLIPS = [hash('d'), hash('e')];
const clip = fc.constantFrom(...CLIPS);
const person = fc.constantFrom(...Object.keys(PEOPLE));
const anyEvent: fc.Arbitrary<AuditEvent> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(imported, opened) },
  fc.constantFrom(decided, wiped(), wiped(false), closed, takenBack, task('task-opened'), task('task-done')),
  { weight: 3, arbitrary: fc.tuple(clip, fc.boolean()).map(([sha, passed]) => rendered(sha, passed)) },
  { weight: 3, arbitrary: fc.tuple(clip, person).map(([sha, to]) => handedIn(sha, to)) },
  { weight: 3, arbitrary: fc.tuple(clip, fc.constantFrom(hash('a'), hash('b'))).map(([sha, of]) => approved(sha, of)) },
  { weight: 3, arbitrary: fc.tuple(clip, fc.constantFrom(hash('a'), hash('b'))).map(([sha, of]) => exported(sha, of)) },
  clip.map((sha256) => exportBegun(sha256)),
  clip.map((sha256): AuditEvent => ({ event: 'rejected', ...about, sha256 })),
  clip.map((sha256): AuditEvent => ({ event: 'sent-back', ...about, sha256, comments: 0 })),
  fc.constantFrom<AuditEvent>(
    { event: 'reopened', ...about, rule: 'B2' },
    { event: 'resolved', ...about, pupils: 1, resolutions: hash('3') },
    { event: 'hold-set', ...about, reviewBy: '2026-12-20' },
    { event: 'hold-lifted', ...about },
    { event: 'wipe-begun', ...about, rule: 'R4' },
  ),
);
/** The way as it should be, some of it left out or doubled, among whatever else comes to mind. */
const WAY: readonly Line[] = [
  [DAAN, imported],
  [DAAN, opened],
  [DAAN, rendered(CLIPS[0]!)],
  [DAAN, handedIn(CLIPS[0]!, SARA)],
  [SARA, approved(CLIPS[0]!)],
  [DAAN, exported(CLIPS[0]!)],
  [DAAN, wiped()],
  [DAAN, takenBack],
  [SARA, closed],
];
const lines: fc.Arbitrary<Line[]> = fc.array(
  fc.oneof(fc.tuple(person, anyEvent), { weight: 2, arbitrary: fc.constantFrom(...WAY) }),
  { maxLength: 12 },
);
const courses = fc.oneof(
  lines,
  fc.tuple(fc.nat(WAY.length), lines).map(([length, rest]) => [...WAY.slice(0, length), ...rest].slice(0, 12)),
);
const CHANGES = new Set(['decided', 'rendered', 'resolved', 'reopened', 'handed-in', 'sent-back', 'rejected']);
const MAKING = new Set(['imported', 'analysed', 'decided', 'rendered']);

describe('the gates, by the log', () => {
  it('let the whole way through, and nothing of it twice over', () => {
    expect(taken(WAY)).toEqual(WAY);
    expect(outOfCourse(WAY.map(entry))).toEqual([]);
  });

  it('let nothing out without an approval of those bytes by somebody else, with nothing changed since (G4)', () => {
    let out = 0;
    fc.assert(
      fc.property(courses, (wanted) => {
        const log = taken(wanted);
        for (const [at, [, what]] of log.entries()) {
          if (what.event !== 'exported' && what.event !== 'export-begun') continue;
          out++;
          const before = log.slice(0, at);
          const when = before.findLastIndex(([, each]) => each.event === 'approved');
          const [judge, approval] = before[when]!;
          expect(approval).toMatchObject({ sha256: what.sha256, approval: what.approval });
          expect(PEOPLE[judge]).toBe('school-trainer');
          const makers = before.flatMap(([by, each]) => (MAKING.has(each.event) ? [by] : []));
          expect(makers).not.toContain(judge);
          expect(before.slice(when + 1).filter(([, each]) => CHANGES.has(each.event))).toEqual([]);
          const last = before.findLast(([, each]) => each.event === 'rendered')?.[1];
          expect(last).toMatchObject({ sha256: what.sha256, passed: true });
          const held = before.findLast(([, each]) => each.event.startsWith('hold-'))?.[1].event;
          expect(held).not.toBe('hold-set');
        }
      }),
      { numRuns: 4000 },
    );
    // Else nothing was tried.
    expect(out).toBeGreaterThan(50);
  });

  it('let nothing be handed in or approved under a hold, and all of it again afterwards (R5, AVG art. 18)', () => {
    const hold: Line = [PIA, { event: 'hold-set', ...about, reviewBy: '2026-12-20' }];
    const lift: Line = [PIA, { event: 'hold-lifted', ...about }];
    let kept = 0;
    fc.assert(
      fc.property(courses, fc.nat(12), fc.nat(12), (wanted, from, length) => {
        const until = from + length;
        const held = [...wanted.slice(0, from), hold, ...wanted.slice(from, until), lift, ...wanted.slice(until)];
        let isHeld = false;
        for (const [, { event }] of taken(held)) {
          if (event.startsWith('hold-')) isHeld = event === 'hold-set';
          expect(isHeld && (event === 'handed-in' || event === 'approved' || event === 'exported')).toBe(false);
        }
        const steps = (log: readonly Line[]) =>
          log.filter(([, { event }]) => /^(handed-in|approved)$/.test(event)).length;
        if (steps(taken(held)) < steps(taken(wanted))) kept++;
      }),
      { numRuns: 2000 },
    );
    // Else there was nothing to keep out.
    expect(kept).toBeGreaterThan(50);
    const [upTo, rest] = [WAY.slice(0, 3), WAY.slice(3, 5)];
    expect(taken([...upTo, hold, lift, ...rest])).toEqual([...upTo, hold, lift, ...rest]);
  });

  it('let nothing close without the record of its wipe, and with a copy left to nobody (G6)', () => {
    let out = 0;
    fc.assert(
      fc.property(courses, (wanted) => {
        const log = taken(wanted);
        for (const [at, [, what]] of log.entries()) {
          if (what.event !== 'dossier-closed') continue;
          out++;
          const before = log.slice(0, at).map(([, each]) => each);
          expect(before.findLast(({ event }) => event === 'wiped')).toMatchObject({ complete: true });
          const last = (event: string) => before.findLastIndex((each) => each.event === event);
          const outside = Math.max(last('exported'), last('export-begun')) > last('taken-back');
          // A copy that is still outside, whole or in part, is somebody's task.
          expect(outside && last('task-opened') <= last('task-done')).toBe(false);
          // And nothing comes after it that makes, shows or hands out anything.
          for (const [, each] of log.slice(at + 1)) expect(each.event).toMatch(/^(wipe|task|taken-back|reopened)/);
        }
      }),
      { numRuns: 4000 },
    );
    expect(out).toBeGreaterThan(20);
  });

  it('take what arrived unseen, if its bytes were ever approved, and nothing else', () => {
    const settled = (sha256: string, approval = hash('a')): AuditEvent => ({
      ...{ event: 'exported', ...about, sha256, approval, target: 'hva', delivery: id(101), settled: true },
    });
    const reopened: AuditEvent = { event: 'reopened', ...about, rule: 'B2' };
    const begun: Line[] = [...WAY.slice(0, 5), [SARA, reopened]];
    const refusalOf = (what: AuditEvent) => outOfCourse([...begun, [DAAN, what] as const].map(entry));
    expect(refusalOf(settled(CLIPS[0]!))).toEqual([]);
    expect(refusalOf(exported(CLIPS[0]!))).toMatchObject([{ rule: 'M4' }]);
    // Also of a dossier that was closed in the belief that nothing is outside.
    const closedThen: Line[] = [...WAY.slice(0, 5), [DAAN, wiped()], [SARA, closed], [DAAN, settled(CLIPS[0]!)]];
    expect(outOfCourse(closedThen.map(entry))).toEqual([]);
    for (const what of [settled(CLIPS[1]!), settled(CLIPS[0]!, hash('b'))])
      expect(refusalOf(what)).toMatchObject([{ rule: 'M4' }]);
  });

  it('know an approval that stands, and what came in since', () => {
    const reopened: AuditEvent = { event: 'reopened', ...about, rule: 'B2' };
    const at = (...more: Line[]) => courseOf([...WAY.slice(0, 5), ...more].map(entry), DOSSIER);
    const stands = { sha256: CLIPS[0]!, approval: hash('a'), by: SARA };
    expect(at()).toMatchObject({ approved: stands, reopened: false });
    expect(at([SARA, reopened])).toMatchObject({ approved: undefined, reopened: true });
    const elsewhere: AuditEvent = { ...reopened, dossier: id(7) };
    expect(at([SARA, elsewhere])).toMatchObject({ approved: stands, reopened: false });
    const again: Line[] = [
      [DAAN, handedIn(CLIPS[0]!, OLAF)],
      [OLAF, approved(CLIPS[0]!, hash('b'))],
    ];
    expect(at([SARA, reopened], ...again)).toMatchObject({ approved: { by: OLAF }, reopened: false });
    // Who it was not handed in to, and who made it, approves nothing, whatever they write into the log.
    expect(at([SARA, reopened], [OLAF, approved(CLIPS[0]!)]).approved).toBeUndefined();
    expect(at([SARA, decided], [SARA, approved(CLIPS[0]!)]).approved).toBeUndefined();
  });

  it('name a line that somebody wrote past them, with its rule', () => {
    const forged: readonly (readonly [readonly Line[], string])[] = [
      [[[DAAN, rendered(CLIPS[0]!)]], 'G1'],
      [
        [
          [DAAN, imported],
          [DAAN, rendered(CLIPS[0]!)],
          [DAAN, handedIn(CLIPS[0]!, SARA)],
        ],
        'G0',
      ],
      [[...WAY.slice(0, 2), [DAAN, handedIn(CLIPS[0]!, SARA)]], 'M2'],
      [[...WAY.slice(0, 3), [DAAN, handedIn(CLIPS[0]!, DAAN)]], 'M3'],
      [[...WAY.slice(0, 4), [OLAF, approved(CLIPS[0]!)]], 'M3'],
      [[...WAY.slice(0, 4), [SARA, decided], [SARA, approved(CLIPS[0]!)]], 'M3'],
      [[...WAY.slice(0, 5), [DAAN, exported(CLIPS[1]!)]], 'M4'],
      [[...WAY.slice(0, 5), [DAAN, exported(CLIPS[0]!, hash('b'))]], 'M4'],
      [[...WAY.slice(0, 5), [DAAN, { event: 'reopened', ...about, rule: 'B2' }], [DAAN, exported(CLIPS[0]!)]], 'M4'],
      [
        [
          ...WAY.slice(0, 5),
          [PIA, { event: 'hold-set', ...about, reviewBy: '2026-12-20' }],
          [DAAN, exported(CLIPS[0]!)],
        ],
        'R5',
      ],
      [
        [
          ...WAY.slice(0, 2),
          [PIA, { event: 'hold-set', ...about, reviewBy: '2026-12-20' }],
          [DAAN, { event: 'wipe-begun', ...about, rule: 'R4' }],
        ],
        'R5',
      ],
      [[...WAY.slice(0, 2), [DAAN, imported]], 'G1'],
      [[...WAY.slice(0, 6), [SARA, closed]], 'R1'],
      [[...WAY.slice(0, 7), [SARA, closed]], 'R2'],
      [[...WAY, [DAAN, decided]], 'G6'],
      [[...WAY.slice(0, 7), [DAAN, decided]], 'R1'],
    ];
    for (const [log, rule] of forged) expect(outOfCourse(log.map(entry))).toEqual([{ seq: log.length, rule }]);
  });
});
