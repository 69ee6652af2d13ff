import { fail } from '../../core/errors.ts';
import { afterChanges, emptyRegister, type ClassRegister } from '../../core/register/class-register.ts';
import { entryRefusals, type Change, type Move, type RegisterEntry } from '../../core/register/entry.ts';
import { groupKey, sameGroup } from '../../core/register/group.ts';
import { mustBeRemoved } from '../../core/register/school-year.ts';
import { moveRefusals } from '../../core/register/states.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import type { Session } from '../vault/vault.ts';
import { RegisterRoom } from './register-room.ts';
import { publishSheets } from './sheets.ts';

/** What a class's register was and became. */
export interface Changed {
  readonly before: ClassRegister;
  readonly after: ClassRegister;
}

/** An entry and the class it belongs to. */
export interface Wish {
  readonly group: string;
  readonly entry: RegisterEntry;
}

/** The registers of all classes, in the hands of one person and for one piece of work. */
export class Registers {
  constructor(
    private readonly session: Session,
    private readonly room: RegisterRoom,
    /** `YYYY-MM-DD` */
    readonly today: string,
  ) {}

  /** Every class that is known, with all school years that are still kept. */
  all(): ClassRegister[] {
    const byKey = new Map<string, ClassRegister>();
    for (const { head, changes } of this.room.changes()) {
      const key = groupKey(head.group);
      byKey.set(key, afterChanges(byKey.get(key) ?? emptyRegister(head.group), changes));
    }
    return [...byKey.values()];
  }

  of(group: string): ClassRegister {
    return this.all().find((register) => sameGroup(register.group, group)) ?? emptyRegister(group);
  }

  /** @throws AppFailure `register-entry-unknown` */
  withEntry(id: string): { readonly register: ClassRegister; readonly entry: RegisterEntry } {
    for (const register of this.all()) {
      const entry = register.entries.find((each) => each.id === id);
      if (entry) return { register, entry };
    }
    return fail({ code: 'register-entry-unknown', entry: id });
  }

  /**
   * Adds entries, to all their classes or to none.
   * @throws AppFailure `register-entry-refused`
   */
  async add(wishes: readonly Wish[]): Promise<Changed[]> {
    const before = this.all();
    const changes = new Map<string, Change[]>();
    for (const { group, entry } of wishes) {
      this.requireGood(entry, this.of(group).entries);
      const list = await this.listFor(group, entry.schoolYear);
      changes.set(list, [...(changes.get(list) ?? []), { change: 'added', entry }]);
    }
    if (changes.size > 0) this.room.write(changes);
    const groups = new Map(wishes.map(({ group }) => [groupKey(group), group]));
    return [...groups.values()].map((group) => ({
      before: before.find((register) => sameGroup(register.group, group)) ?? emptyRegister(group),
      after: this.of(group),
    }));
  }

  /** @throws AppFailure `register-entry-unknown`, `register-withdrawn`, `register-entry-refused` */
  withdraw(id: string, on: string): Changed {
    const { register, entry } = this.withEntry(id);
    if (register.withdrawn.has(id)) fail({ code: 'register-withdrawn' });
    if (on > this.today || on < entry.received) fail({ code: 'register-entry-refused', rules: ['date-future'] });
    return this.change(register, id, { change: 'withdrawn', entry: id, on, by: this.session.keys.person.role });
  }

  /** @throws AppFailure `register-entry-unknown`, `register-move-refused`, `dossier-unknown` */
  move(move: Move): Changed {
    const { register, entry } = this.withEntry(move.entry);
    const rules = moveRefusals(entry, register.withdrawn.has(entry.id), register.moves, move);
    if (move.on > this.today) rules.push('B3-date');
    if (rules.length > 0) fail({ code: 'register-move-refused', rules });
    if ('dossier' in move && !keepingFacts(this.session.entries()).has(move.dossier))
      fail({ code: 'dossier-unknown', dossier: move.dossier });
    return this.change(register, entry.id, { change: 'moved', move });
  }

  private change(before: ClassRegister, id: string, change: Change): Changed {
    const list = this.room
      .changes()
      .find(({ changes }) => changes.some((each) => each.change === 'added' && each.entry.id === id))?.list;
    if (list === undefined) return fail({ code: 'register-entry-unknown', entry: id });
    this.room.write(new Map([[list, [change]]]));
    return { before, after: this.of(before.group) };
  }

  private requireGood(entry: RegisterEntry, known: readonly RegisterEntry[]): void {
    const rules = [
      ...entryRefusals(entry, known),
      ...(entry.received > this.today ? (['date-future'] as const) : []),
      ...(mustBeRemoved(entry.schoolYear, this.today) ? (['R10-past'] as const) : []),
    ];
    if (rules.length > 0) fail({ code: 'register-entry-refused', rules });
  }

  private async listFor(group: string, schoolYear: string): Promise<string> {
    const known = this.room
      .changes()
      .find(({ head }) => head.schoolYear === schoolYear && sameGroup(head.group, group));
    return known?.list ?? this.room.begin({ group, schoolYear });
  }
}

/**
 * Opens the registers while nobody else changes the vault, and first puts right what a crash left and
 * removes what is over its term (R10).
 * @throws AppFailure `act-not-allowed`, `register-not-admitted`, `register-shortened`, `vault-busy`,
 *   `vault-damaged`, `vault-item-damaged`
 */
export async function withRegisters<T>(
  session: Session,
  use: (registers: Registers) => T | Promise<T>,
  now: Date = new Date(),
): Promise<T> {
  session.require('register');
  const today = now.toISOString().slice(0, 10);
  return session.exclusively(async () => {
    const room = await RegisterRoom.open(session, today);
    try {
      const registers = new Registers(session, room, today);
      const result = await use(registers);
      // Also when nothing was changed: a year may have ended, somebody may have come, a crash may have kept it back.
      await publishSheets(session, registers.all(), today);
      return result;
    } finally {
      room.close();
    }
  });
}
