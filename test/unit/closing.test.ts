import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditEvent } from '../../core/audit/entry.ts';
import { closedDossiers, closingRefusals, type ClosingReason } from '../../core/dossier/closing.ts';
import { openTasks, owedTasks } from '../../core/dossier/tasks.ts';
import { addDays } from '../../core/retention/terms.ts';

const D = '00112233445566aa';
const OTHER = '00112233445566bb';
const ADMIN = 'aaaaaaaaaaaaaaaa';
const TRAINEE = 'bbbbbbbbbbbbbbbb';
const MACHINE = 'cccccccccccccccc';
const DAY = '2026-11-01';
const SHA = 'ab'.repeat(32);
const KEY = 'AAAA';

type Told = AuditEvent | { readonly by: string; readonly on?: string; readonly what: AuditEvent };

/** As a log gives them; signatures play no part here. */
function log(...told: readonly Told[]): AuditEntry[] {
  const beginning: AuditEvent[] = [
    { event: 'vault-created', vault: D, verifyKey: KEY, role: 'administrator' },
    { event: 'person-added', person: TRAINEE, role: 'trainee', verifyKey: KEY },
    { event: 'person-added', person: MACHINE, role: 'caretaker', verifyKey: KEY },
  ];
  const all = [...beginning.map((what) => ({ by: ADMIN, what })), ...told];
  return all.map((each, index): AuditEntry => {
    const { by, on = DAY, what } = 'what' in each ? { on: DAY, ...each } : { by: TRAINEE, what: each };
    return { seq: index + 1, at: `${on}T12:00:00.000Z`, by, what, prev: '', hash: '', signature: '' };
  });
}

const imported: AuditEvent = {
  ...{ event: 'imported', dossier: D, source: 'lesson', recordedOn: DAY, bytes: 1, milliseconds: 1, hmac: SHA },
};
const assessed: AuditEvent = { event: 'assessed', dossier: D, on: DAY };
const rejected: AuditEvent = { event: 'rejected', dossier: D, sha256: SHA };
const begun = (rule: string): AuditEvent => ({ event: 'wipe-begun', dossier: D, rule });
const wiped = (complete: boolean): AuditEvent => ({ event: 'wiped', dossier: D, complete, certificate: SHA });
const exported = (delivery: string): AuditEvent => ({
  ...{ event: 'exported', dossier: D, sha256: SHA, approval: SHA, target: 'hva', delivery },
});
const partOut = (delivery: string): AuditEvent => ({
  ...{ event: 'export-begun', dossier: D, sha256: SHA, approval: SHA, target: 'hva', delivery },
});
const back = (delivery: string): AuditEvent => ({ event: 'taken-back', dossier: D, delivery, how: 'portal' });
const hold: AuditEvent = { event: 'hold-set', dossier: D, reviewBy: DAY };
const task = (
  id: string,
  kind: 'card' | 'phone' | 'backup' | 'portal' | 'recall',
  owner: string,
  due: string,
): AuditEvent => ({ event: 'task-opened', dossier: D, task: id, kind, owner, due });
const done = (id: string): AuditEvent => ({ event: 'task-done', dossier: D, task: id });
const closed: AuditEvent = { event: 'dossier-closed', dossier: D };

const [C, P, B, T] = ['11'.repeat(8), '22'.repeat(8), '33'.repeat(8), '44'.repeat(8)];
const A = '55'.repeat(8);
const given = [
  task(C, 'card', TRAINEE, addDays(DAY, 7)),
  task(P, 'phone', TRAINEE, addDays(DAY, 7)),
  task(B, 'backup', ADMIN, addDays(DAY, 28)),
];
const whole = [imported, assessed, begun('request'), wiped(true), ...given];
const refusals = (events: readonly Told[], today = DAY) => closingRefusals(log(...events), D, today);

describe('a dossier', () => {
  it('can be closed when it is wiped whole and what is left has an owner', () => {
    expect(refusals(whole)).toEqual([]);
    expect(refusals([...whole, done(C), done(P), done(B)])).toEqual([]);
  });

  /** Each thing that is missing, alone, is refused for what it is. */
  const TABLE: readonly [name: string, events: readonly Told[], reasons: ClosingReason[]][] = [
    ['nothing of it is known', [], ['not-wiped', 'not-assessed']],
    ['it is there', [imported, assessed], ['not-wiped']],
    ['its wipe was begun', [imported, assessed, begun('R4')], ['wiped-in-part']],
    ['its wipe was partial', [imported, assessed, begun('R4'), wiped(false), ...given], ['wiped-in-part']],
    ['partial, then whole', [imported, assessed, begun('R4'), wiped(false), wiped(true), ...given], []],
    ['whole, then something came back', [...whole, wiped(false)], ['wiped-in-part']],
    ['a copy is outside', [...whole, exported(A)], ['copy-outside', 'task-not-given']],
    ['a part of one may be outside', [...whole, partOut(A)], ['copy-outside', 'task-not-given']],
    ['that part was cleared', [...whole, partOut(A), back(A)], []],
    ['a copy came back', [...whole, exported(A), back(A)], []],
    ['another copy came back', [...whole, exported(A), back(T)], ['copy-outside', 'task-not-given']],
    ['handed in again', [...whole, exported(A), back(A), exported(A)], ['copy-outside', 'task-not-given']],
    ['somebody sees to the copy', [...whole, exported(A), task(T, 'portal', TRAINEE, addDays(DAY, 3))], []],
    ['so after an objection', [...whole, exported(A), task(T, 'recall', TRAINEE, addDays(DAY, 3))], []],
    [
      'done, but not taken back',
      [...whole, exported(A), task(T, 'portal', TRAINEE, addDays(DAY, 3)), done(T)],
      ['copy-outside', 'task-not-given'],
    ],
    [
      'a machine sees to the copy',
      [...whole, exported(A), task(T, 'portal', MACHINE, addDays(DAY, 3))],
      ['copy-outside', 'task-without-owner'],
    ],
    ['nobody sees to the card', [...whole, task(T, 'card', OTHER, DAY)], ['task-without-owner']],
    ['held', [...whole, hold], ['on-hold']],
    ['held and lifted', [...whole, hold, { event: 'hold-lifted', dossier: D }], []],
    ['nobody noted an assessment', whole.filter((each) => each !== assessed), ['not-assessed']],
    ['its term took it', [imported, begun('R4'), wiped(true), ...given], []],
    ['rejected', [imported, rejected, begun('request'), wiped(true), ...given], []],
    ['tasks were never given', [imported, assessed, begun('request'), wiped(true)], ['task-not-given']],
  ];
  it.each(TABLE)('where %s', (_name, events, reasons) => expect(refusals(events)).toEqual(reasons));

  it('with a task over time is refused, and not when that is done', () => {
    expect(refusals(whole, addDays(DAY, 7))).toEqual([]);
    expect(refusals(whole, addDays(DAY, 8))).toEqual(['task-overdue']);
    expect(refusals([...whole, done(C), done(P)], addDays(DAY, 8))).toEqual([]);
  });

  it('whatever the log says, is never closed without a whole wipe and a settled copy', () => {
    const events: Told[] = [
      ...[imported, assessed, rejected, begun('R4'), begun('request'), wiped(true), wiped(false), hold, closed],
      ...[exported(A), exported(T), partOut(A), back(A), back(T), ...given, done(C), done(P), done(B)],
      ...[task(T, 'portal', TRAINEE, addDays(DAY, 3)), done(T), task(A, 'recall', MACHINE, addDays(DAY, 3))],
      ...(['hold-lifted', 'footage-closed'] as const).map((event): AuditEvent =>
        event === 'hold-lifted' ? { event, dossier: D } : { event, dossier: D, seconds: 1 },
      ),
    ];
    // Half of them begin near the goal: else hardly any would get there.
    const near = fc.constantFrom<readonly Told[]>([], whole, whole.slice(0, 4));
    let reached = 0;
    fc.assert(
      fc.property(near, fc.array(fc.constantFrom(...events), { maxLength: 12 }), (before, after) => {
        const told = [...before, ...after];
        if (!closedDossiers(log(...told)).has(D)) return;
        reached++;
        // By hand, from the plain list: at one of the lines that close it, all that has to be was there.
        const plain = told.map((each) => ('what' in each ? each.what : each));
        const good = plain.some((what, index) => {
          if (what !== closed) return false;
          const sofar = plain.slice(0, index);
          // A second import counts for nothing; what stands before the first is about nothing.
          const mine = sofar.slice(sofar.indexOf(imported));
          const last = mine.filter((each) => each.event === 'wiped' || each.event === 'wipe-begun').at(-1);
          const out = new Set<string>();
          for (const each of sofar) {
            if (each.event === 'exported' || each.event === 'export-begun') out.add(each.delivery);
            if (each.event === 'taken-back') out.delete(each.delivery);
          }
          const seenTo = sofar.includes(events.find((each) => 'task' in each && each.task === T) as AuditEvent);
          return (
            last?.event === 'wiped' &&
            last.complete &&
            (out.size === 0 ||
              (seenTo &&
                !sofar.some(
                  (each) =>
                    each.event === 'task-done' &&
                    each.task === T &&
                    sofar.indexOf(each) > sofar.findIndex((one) => one.event === 'task-opened' && one.task === T),
                )))
          );
        });
        expect(good).toBe(true);
      }),
      { numRuns: 20_000 },
    );
    expect(reached).toBeGreaterThan(50);
  });
});

describe('what a wipe leaves to people', () => {
  const kinds = (...events: readonly Told[]) => owedTasks(log(...events), D).map(({ kind }) => kind);
  const source = (complete: boolean, reason?: string): AuditEvent => ({
    ...{ event: 'source-wiped', dossier: D, complete, ...(reason === undefined ? {} : { reason }) },
  });

  it('is nothing before it, and the card, the device and the backups after it', () => {
    expect(kinds(imported, begun('R4'))).toEqual([]);
    expect(kinds(imported, begun('R4'), wiped(true))).toEqual(['card', 'phone', 'backup']);
    expect(kinds(imported, begun('R4'), wiped(false))).toEqual(['card', 'phone', 'backup']);
  });

  it('is less only where the file that came in was surely overwritten, and never less than the card (S9)', () => {
    const rest = [imported, begun('R4'), wiped(true)];
    expect(kinds(...rest, source(true))).toEqual(['card', 'backup']);
    expect(kinds(...rest, source(true, 'medium-removable'))).toEqual(['card', 'phone', 'backup']);
    expect(kinds(...rest, source(false, 'EACCES'))).toEqual(['card', 'phone', 'backup']);
    const online = { ...imported, source: 'online-lesson' } as AuditEvent;
    expect(kinds(online, begun('R4'), wiped(true), source(true))).toEqual(['phone', 'backup']);
  });

  it('falls to whoever brought it in, to the administrator, and to whoever handed it in', () => {
    const handed = { by: ADMIN, what: exported(A) };
    const owed = owedTasks(log(imported, handed, begun('R4'), wiped(true)), D);
    expect(owed.map(({ kind, owner }) => [kind, owner])).toEqual([
      ['card', TRAINEE],
      ['phone', TRAINEE],
      ['backup', ADMIN],
      ['portal', ADMIN],
    ]);
  });

  it('is for each copy a task of whoever handed that one in, unless it was given out', () => {
    const copies = [exported(A), { by: ADMIN, what: exported(T) }];
    const portal = (...more: readonly Told[]) =>
      owedTasks(log(imported, ...copies, ...more, begun('R4'), wiped(true)), D)
        .filter(({ kind }) => kind === 'portal')
        .map(({ owner, delivery }) => [owner, delivery]);
    expect(portal()).toEqual([
      [TRAINEE, A],
      [ADMIN, T],
    ]);
    expect(portal(back(A))).toEqual([[ADMIN, T]]);
    const recall = { ...task(B, 'recall', TRAINEE, DAY), delivery: A } as AuditEvent;
    expect(portal(recall)).toEqual([[ADMIN, T]]);
    // One that names no copy is about all of them.
    expect(portal(task(B, 'portal', ADMIN, DAY))).toEqual([]);
  });

  it('is given once, also when it was done', () => {
    expect(kinds(...whole)).toEqual([]);
    expect(kinds(...whole, done(C), done(P), done(B))).toEqual([]);
  });

  it('is done only by its own name', () => {
    expect(
      openTasks(log(...whole, { event: 'task-done', dossier: OTHER, task: C })).map((each) => each.task),
    ).toContain(C);
    expect(openTasks(log(...whole, done(C))).map((each) => each.task)).not.toContain(C);
  });
});
