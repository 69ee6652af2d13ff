import { existsSync } from 'node:fs';
import { fail } from '../../core/errors.ts';
import { mustBeRemoved } from '../../core/register/school-year.ts';
import {
  countsOf,
  lessCounts,
  readLists,
  someCount,
  type ListHead,
  type ReadLists,
} from '../../core/register/stored.ts';
import type { Change } from '../../core/register/entry.ts';
import { clockIsPlausible } from '../../core/retention/terms.ts';
import { RoomKeys, type RoomKind } from '../vault/room-keys.ts';
import { newId, newKey } from '../vault/seal.ts';
import type { Session } from '../vault/vault.ts';
import { ListFile } from './list-file.ts';
import { loggedRegisters } from './register-log.ts';

/** Those who may see the register (S10): school trainers, privacy officers and administrators. */
const ROOM: RoomKind = {
  name: 'registers',
  act: 'register',
  notAdmitted: { code: 'register-not-admitted' },
  lost: { code: 'register-shortened' },
};

/**
 * Where the sealed lists lie, with keys of their own. All of it is used under the vault's lease.
 *
 * The lists say what holds, the log how much of it there is: a list that lost a line is noticed, and
 * what a crash kept from the log is put into it the next time.
 */
export class RegisterRoom {
  private readonly files = new Map<string, ListFile>();

  private constructor(
    private readonly session: Session,
    private readonly keys: RoomKeys,
    /** Lists that were to go, by the log. */
    private readonly gone: Set<string>,
  ) {}

  /**
   * @param today `YYYY-MM-DD`
   * @throws AppFailure `register-not-admitted`, `register-shortened`, `vault-damaged`, `vault-item-damaged`
   */
  static async open(session: Session, today: string): Promise<RegisterRoom> {
    const logged = loggedRegisters(session.entries());
    const keys = await RoomKeys.open(
      session,
      ROOM,
      someCount(logged.counts, (count) => count > 0),
    );
    const room = new RegisterRoom(session, keys, new Set(logged.gone));
    try {
      await room.finishRemovals();
      await room.load();
      room.settle();
      await keys.sweep();
      await room.removeExpired(today);
      await keys.admit(room.files.values());
      return room;
    } catch (error) {
      room.close();
      throw error;
    }
  }

  /** What counts, by list. */
  changes(): { readonly list: string; readonly head: ListHead; readonly changes: readonly Change[] }[] {
    const { changes } = this.read();
    return [...this.files].map(([list, { head }]) => ({ list, head, changes: changes.get(list) ?? [] }));
  }

  private read(): ReadLists {
    return readLists(new Map([...this.files].map(([id, { lines }]) => [id, lines])), this.gone);
  }

  /** Begins a list; empty, it says nothing about anybody. @returns its number */
  async begin(head: ListHead): Promise<string> {
    const id = newId();
    const file = ListFile.begin(this.keys.folderOf(id), id, head, newKey());
    this.files.set(id, file);
    await this.keys.wrap(file);
    return id;
  }

  /** All of it is on the disk and in the log when it returns; cut short before the last list, none of it counts. */
  write(changes: ReadonlyMap<string, readonly Change[]>): void {
    const batch = newId();
    const lists = [...changes.keys()];
    for (const [id, own] of changes) {
      this.session.requireLease();
      this.files.get(id)?.append({ batch, lists, changes: [...own] });
    }
    this.session.note({ event: 'register-changed', ...countsOf([...changes.values()].flat()) });
  }

  /** Forgets the keys. */
  close(): void {
    for (const file of this.files.values()) file.close();
    this.files.clear();
  }

  private async load(): Promise<void> {
    for (const id of this.keys.keyring.all()) {
      if (this.gone.has(id)) continue;
      this.files.set(id, ListFile.open(this.keys.folderOf(id), id, await this.keys.keyOf(id)));
    }
  }

  /** Holds the lists against the log. @throws AppFailure `register-shortened` */
  private settle(): void {
    const { counts } = loggedRegisters(this.session.entries());
    const more = lessCounts(countsOf(this.changes().flatMap(({ changes }) => changes)), counts);
    if (someCount(more, (count) => count < 0)) fail({ code: 'register-shortened' });
    if (someCount(more, (count) => count > 0)) this.session.note({ event: 'register-changed', ...more });
    for (const [id, batches] of this.read().cutShort)
      for (const batch of batches) this.files.get(id)?.append({ void: batch });
  }

  /** R10. Not on the word of a clock that is far ahead of the log. */
  private async removeExpired(today: string): Promise<void> {
    const entries = this.session.entries();
    if (!clockIsPlausible(entries, today)) return;
    const due = this.changes().filter(({ head }) => mustBeRemoved(head.schoolYear, today));
    for (const { list, changes } of due) {
      this.session.note({ event: 'register-wipe-begun', register: list, ...countsOf(changes) });
      this.gone.add(list);
      this.files.get(list)?.close();
      this.files.delete(list);
    }
    if (due.length > 0) await this.finishRemovals();
  }

  /** What the log says was to go, goes: also when a crash came in between, or a copy was put back. */
  private async finishRemovals(): Promise<void> {
    for (const id of this.gone) {
      if (!this.keys.keyring.has(id) && !existsSync(this.keys.folderOf(id))) continue;
      const complete = await this.keys.destroy(id);
      this.session.note({ event: 'register-wiped', register: id, complete });
    }
  }
}
