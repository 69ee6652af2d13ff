import { describe, expect, it } from 'vitest';
import { AuditEvent, mayWrite } from '../../core/audit/entry.ts';
import { may, maySeeFootage, Role, StaffRole, type Act } from '../../core/vault/person.ts';
import { ROLES_EN, ROLES_NL } from '../../words/vault-errors.ts';

const ACTS: readonly Act[] = [
  ...(['add-person', 'sign-profile', 'confirm-profile', 'import', 'work', 'grant-access', 'hold', 'wipe'] as const),
  ...(['wipe-on-request', 'assess', 'approve', 'register', 'show', 'export', 'take-back', 'task', 'attest'] as const),
  ...(['close', 'requests', 'close-incident', 'make-segments'] as const),
];

/** Lines of a kind, as far as the right to write them goes. */
function lines(): AuditEvent[] {
  const kinds = AuditEvent.options.map((option) => option.shape.event.value);
  return kinds.flatMap((event) => {
    const rules = event === 'wipe-begun' ? ['R4', 'request'] : [undefined];
    return rules.map((rule) => ({ event, rule }) as unknown as AuditEvent);
  });
}

describe('the caretaker', () => {
  it('may wipe what a term demands and open tasks, and nothing else', () => {
    expect(ACTS.filter((act) => may('caretaker', act))).toEqual(['wipe', 'task']);
    expect(maySeeFootage('caretaker')).toBe(false);
  });

  it('may write only of its own work, and vouches for nothing', () => {
    const mine = lines().filter((what) => mayWrite('caretaker', what));
    expect(mine.map((what) => [what.event, 'rule' in what ? what.rule : undefined])).toEqual([
      // The first line of a log: of a vault of one's own.
      ['vault-created', undefined],
      ['storage-probed', undefined],
      ['task-opened', undefined],
      // What was answered goes after its term as well.
      ['request-wipe-begun', undefined],
      ['request-wiped', undefined],
      ['import-abandoned', undefined],
      ['wipe-begun', 'R4'],
      ['wipe-step', undefined],
      ['wiped', undefined],
    ]);
  });

  it('takes no right from people: whatever it may write, some person may', () => {
    for (const what of lines().filter((line) => mayWrite('caretaker', line)))
      expect(
        StaffRole.options.some((role) => mayWrite(role, what)),
        what.event,
      ).toBe(true);
  });

  it('is no person that anybody can be made, and has a name in both languages', () => {
    expect(Role.options.filter((role) => !StaffRole.safeParse(role).success)).toEqual(['caretaker', 'worker']);
    expect([ROLES_NL.caretaker, ROLES_EN.caretaker]).toEqual(['wachter', 'caretaker']);
  });
});

describe('a worker', () => {
  it('may make segments, and nothing else', () => {
    expect(ACTS.filter((act) => may('worker', act))).toEqual(['make-segments']);
    expect(maySeeFootage('worker')).toBe(false);
  });

  it('may write of its own work only: that it took a key', () => {
    const mine = lines()
      .filter((what) => mayWrite('worker', what))
      .map(({ event }) => event);
    expect(mine).toEqual(['vault-created', 'storage-probed', 'key-taken', 'import-abandoned']);
  });

  it('does alone what no person has to: all other lines some person may write', () => {
    const alone = lines().filter((what) => !StaffRole.options.some((role) => mayWrite(role, what)));
    expect(alone.map(({ event }) => event)).toEqual(['key-taken']);
  });
});
