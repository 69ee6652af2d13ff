import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type AppError } from '../../core/errors.ts';
import { Id, may, type Act } from '../../core/vault/person.ts';
import { wipeTree } from '../wipe/dossier-wipe.ts';
import { Keyring, type Recipient } from './keyring.ts';
import type { Session } from './vault.ts';

/** Something in a room, sealed under a key of its own. */
export interface RoomItem {
  readonly id: string;
  copyOfKey(): Uint8Array;
}

/** Which room it is, who may be in it, and what is said to who can't. */
export interface RoomKind {
  /** Folder below the vault's. */
  readonly name: string;
  readonly act: Act;
  readonly notAdmitted: AppError;
  readonly lost: AppError;
}

/**
 * The keys of a room that lies apart from the recordings: a keyring of its own for those who may do one
 * act (S10), with the same epochs as that of the recordings, so that after a removal no older copy opens
 * anything. All of it is used under the vault's lease.
 */
export class RoomKeys {
  private constructor(
    private readonly session: Session,
    private readonly kind: RoomKind,
    readonly keyring: Keyring,
    /** Who had the keys when it was opened. */
    private readonly holders: readonly string[],
  ) {}

  /**
   * @param known whether the log knows of something in it
   * @throws AppFailure `lost` and `notAdmitted` of its kind, `vault-damaged`
   */
  static async open(session: Session, kind: RoomKind, known: boolean): Promise<RoomKeys> {
    const folder = join(session.vault.root, kind.name, 'keys');
    if (!Keyring.isThere(folder)) {
      // Never over the keys of what the log knows of: they may come back from a backup.
      if (known) fail(kind.lost);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await Keyring.init(folder, keepers(session, kind.act));
    }
    const keyring = new Keyring(folder, session.keys.identity, () => session.requireLease());
    const holders = await keyring.holders();
    if (!holders) {
      const listed = keyring.all().some((id) => keyring.accessOf(id).includes(session.keys.person.id));
      return fail(listed ? { code: 'vault-damaged', item: 'keyring' } : kind.notAdmitted);
    }
    return new RoomKeys(session, kind, keyring, holders);
  }

  folderOf(id: string): string {
    return join(this.session.vault.root, this.kind.name, id);
  }

  /** @throws AppFailure `notAdmitted` of its kind */
  keyOf(id: string): Promise<Uint8Array> {
    if (!this.keyring.accessOf(id).includes(this.session.keys.person.id)) fail(this.kind.notAdmitted);
    return this.keyring.keyOf(id);
  }

  /** From now on it counts. */
  async wrap(item: RoomItem): Promise<void> {
    const key = item.copyOfKey();
    await this.keyring.put(item.id, key, keepers(this.session, this.kind.act));
    key.fill(0);
  }

  /** What was begun and whose key was not kept; nothing is in it. */
  async sweep(): Promise<void> {
    await this.keyring.sweep();
    const folders = readdirSync(join(this.session.vault.root, this.kind.name), { withFileTypes: true });
    for (const { name } of folders.filter((each) => each.isDirectory()))
      if (Id.safeParse(name).success && !this.keyring.has(name)) await this.wipeFolder(name);
  }

  /** Destroys the key first. @returns whether all of it is gone */
  async destroy(id: string): Promise<boolean> {
    const keys = await this.keyring.destroy(id, keepers(this.session, this.kind.act));
    return keys.every((wipe) => wipe.complete) && (await this.wipeFolder(id));
  }

  /** Who came to the school since gets the keys from whoever has them and comes by first. */
  async admit(items: Iterable<RoomItem>): Promise<void> {
    const people = keepers(this.session, this.kind.act);
    for (const person of people) if (!this.holders.includes(person.id)) await this.keyring.admit(person);
    for (const item of items) {
      const access = this.keyring.accessOf(item.id);
      if (!people.every(({ id }) => access.includes(id))) await this.wrap(item);
    }
  }

  private async wipeFolder(id: string): Promise<boolean> {
    const folder = this.folderOf(id);
    const wipes = await wipeTree(folder);
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
    return wipes.every(({ complete }) => complete) && !existsSync(folder);
  }
}

function keepers(session: Session, act: Act): Recipient[] {
  const people = [...session.vault.people().values()].map(({ person }) => person);
  return people.filter(({ role }) => may(role, act)).map(({ id, recipient }) => ({ id, recipient }));
}
