import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
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
import { Id, may } from '../../core/vault/person.ts';
import { Keyring, type Recipient } from '../vault/keyring.ts';
import { newId, newKey } from '../vault/seal.ts';
import type { Session } from '../vault/vault.ts';
import { wipeTree } from '../wipe/dossier-wipe.ts';
import { ListFile } from './list-file.ts';
import { loggedRegisters } from './register-log.ts';

/**
 * Where the sealed lists lie, and the keys to them: a keyring of its own (S10) for school trainers,
 * privacy officers and administrators, with the same epochs as that of the recordings, so that after a
 * removal no older copy opens anything. All of it is used under the vault's lease.
 *
 * The lists say what holds, the log how much of it there is: a list that lost a line is noticed, and
 * what a crash kept from the log is put into it the next time.
 */
export class RegisterRoom {
  private readonly files = new Map<string, ListFile>();

  private constructor(
    private readonly session: Session,
    private readonly keyring: Keyring,
    /** Lists that were to go, by the log. */
    private readonly gone: Set<string>,
  ) {}

  /**
   * @param today `YYYY-MM-DD`
   * @throws AppFailure `register-not-admitted`, `register-shortened`, `vault-damaged`, `vault-item-damaged`
   */
  static async open(session: Session, today: string): Promise<RegisterRoom> {
    const keys = join(rootOf(session), 'keys');
    if (!Keyring.isThere(keys)) {
      // Never over the keys of lists that the log knows of: they may come back from a backup.
      if (someCount(loggedRegisters(session.entries()).counts, (count) => count > 0))
        fail({ code: 'register-shortened' });
      mkdirSync(keys, { recursive: true, mode: 0o700 });
      await Keyring.init(keys, keepers(session));
    }
    const keyring = new Keyring(keys, session.keys.identity, () => session.requireLease());
    const holders = await keyring.holders();
    if (!holders) {
      const listed = keyring.all().some((id) => keyring.accessOf(id).includes(session.keys.person.id));
      return fail(listed ? { code: 'vault-damaged', item: 'keyring' } : { code: 'register-not-admitted' });
    }
    const room = new RegisterRoom(session, keyring, new Set(loggedRegisters(session.entries()).gone));
    try {
      await room.finishRemovals();
      await room.load();
      room.settle();
      await room.sweep();
      await room.removeExpired(today);
      await room.admit(holders);
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
    const file = ListFile.begin(this.folderOf(id), id, head, newKey());
    this.files.set(id, file);
    await this.wrap(file);
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

  private folderOf(id: string): string {
    return join(rootOf(this.session), id);
  }

  private async load(): Promise<void> {
    for (const id of this.keyring.all()) {
      if (this.gone.has(id)) continue;
      if (!this.keyring.accessOf(id).includes(this.session.keys.person.id)) fail({ code: 'register-not-admitted' });
      this.files.set(id, ListFile.open(this.folderOf(id), id, await this.keyring.keyOf(id)));
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

  /** Lists that were begun and whose key was not kept; nothing is in them. */
  private async sweep(): Promise<void> {
    await this.keyring.sweep();
    for (const { name } of readdirSync(rootOf(this.session), { withFileTypes: true }).filter((each) =>
      each.isDirectory(),
    ))
      if (Id.safeParse(name).success && !this.keyring.has(name)) await this.wipeFolder(name);
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
      if (!this.keyring.has(id) && !existsSync(this.folderOf(id))) continue;
      const keys = await this.keyring.destroy(id, keepers(this.session));
      const complete = keys.every((wipe) => wipe.complete) && (await this.wipeFolder(id));
      this.session.note({ event: 'register-wiped', register: id, complete });
    }
  }

  private async wipeFolder(id: string): Promise<boolean> {
    const folder = this.folderOf(id);
    const wipes = await wipeTree(folder);
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
    return wipes.every(({ complete }) => complete) && !existsSync(folder);
  }

  /** Who came to the school since gets the keys from whoever has them and comes by first. */
  private async admit(holders: readonly string[]): Promise<void> {
    const people = keepers(this.session);
    for (const person of people) if (!holders.includes(person.id)) await this.keyring.admit(person);
    for (const file of this.files.values()) {
      const access = this.keyring.accessOf(file.id);
      if (!people.every(({ id }) => access.includes(id))) await this.wrap(file);
    }
  }

  private async wrap(file: ListFile): Promise<void> {
    const key = file.copyOfKey();
    await this.keyring.put(file.id, key, keepers(this.session));
    key.fill(0);
  }
}

function rootOf(session: Session): string {
  return join(session.vault.root, 'registers');
}

/** Those who may see the register (S10). */
function keepers(session: Session): Recipient[] {
  const people = [...session.vault.people().values()].map(({ person }) => person);
  return people.filter(({ role }) => may(role, 'register')).map(({ id, recipient }) => ({ id, recipient }));
}
