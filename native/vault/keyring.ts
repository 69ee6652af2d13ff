import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppFailure, fail } from '../../core/errors.ts';
import { Id } from '../../core/vault/person.ts';
import { leftovers, wipeFile, type FileWipe } from '../disk/overwrite.ts';
import { readJson, writeJson } from '../store/atomic.ts';
import { unwrapWith, wrapFor } from './recipients.ts';
import { KEY_BYTES } from './block-cipher.ts';
import { newKey, seal, unseal } from './seal.ts';
import { canonical } from './signing.ts';

/** A member of staff as the keyring knows one. */
const Recipient = z.object({ id: Id, recipient: z.string() });
export type Recipient = z.infer<typeof Recipient>;

const EpochFile = z.strictObject({ epoch: z.number().int().positive(), sealed: z.string() });
const Entry = z.strictObject({ access: z.array(Id), sealed: z.string() });
type Entry = z.infer<typeof Entry>;
const KeyringFile = z.strictObject({ epoch: z.number().int().positive(), entries: z.record(Id, Entry) });
type KeyringFile = z.infer<typeof KeyringFile>;

/** What the epoch's file holds: its key, and for whom it is; a profile that can't be read now must not lock its owner out. */
interface Epoch {
  readonly key: Uint8Array;
  readonly people: readonly Recipient[];
}

const OWN_NAME = /^(?:epoch|keyring)-(\d+)\.json(?:\.new)?$/;
const epochName = (epoch: number) => `epoch-${String(epoch).padStart(6, '0')}.json`;
const keyringName = (epoch: number) => `keyring-${String(epoch).padStart(6, '0')}.json`;
/** While another machine begins an epoch, its files are there one after the other. */
const READ_TRIES = 5;
const READ_WAIT_MS = 50;

/**
 * The keys of all recordings. Each is wrapped for the people on its access list, and that wrap is
 * sealed again under the key of the present epoch, which all staff hold. Destroying a recording's key,
 * or taking someone off a list, begins a new epoch: the others are sealed anew, the old epoch's key is
 * destroyed, and with it every copy of an older keyring opens nothing any more. Nobody needs access to
 * a recording to do that.
 *
 * The epoch's file counts as the commit: a keyring without it is a try that was cut short. Everything
 * that writes is called under the vault's lease, and asks `guard` before each file.
 */
export class Keyring {
  /** @param guard throws when the lease was lost */
  constructor(
    private readonly folder: string,
    private readonly identity: string,
    private readonly guard: () => void,
  ) {}

  static async init(folder: string, people: readonly Recipient[]): Promise<void> {
    writeJson(join(folder, keyringName(1)), { epoch: 1, entries: {} } satisfies KeyringFile);
    await writeEpoch(folder, 1, { key: newKey(), people });
  }

  /** False also where {@link init} was cut short. */
  static isThere(folder: string): boolean {
    return existsSync(folder) && epochsIn(folder).length > 0;
  }

  /** @throws AppFailure `vault-damaged` */
  private current(): KeyringFile {
    const epoch = epochsIn(this.folder).at(-1);
    const file = epoch === undefined ? undefined : readJson(join(this.folder, keyringName(epoch)), KeyringFile);
    return file?.epoch === epoch && file ? file : fail({ code: 'vault-damaged', item: 'keyring' });
  }

  /** The present keyring and its key, which belong together also while another machine begins an epoch. */
  private async open(): Promise<{ file: KeyringFile; epoch: Epoch }> {
    for (let tries = 1; ; tries++) {
      try {
        const file = this.current();
        return { file, epoch: await this.readEpoch(file.epoch) };
      } catch (error) {
        if (tries === READ_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, READ_WAIT_MS));
      }
    }
  }

  private async readEpoch(epoch: number): Promise<Epoch> {
    const file = readJson(join(this.folder, epochName(epoch)), EpochFile);
    const plain = file && (await unwrapWith(this.identity, Buffer.from(file.sealed, 'base64')));
    if (!plain) return fail({ code: 'vault-damaged', item: 'epoch' });
    const people = z.array(Recipient).parse(JSON.parse(Buffer.from(plain.subarray(KEY_BYTES)).toString('utf8')));
    return { key: plain.slice(0, KEY_BYTES), people };
  }

  /** Who holds the key of the present epoch; undefined for those who don't, and when it is damaged. */
  async holders(): Promise<readonly string[] | undefined> {
    try {
      const { key, people } = (await this.open()).epoch;
      key.fill(0);
      return people.map(({ id }) => id);
    } catch (error) {
      if (error instanceof AppFailure) return undefined;
      throw error;
    }
  }

  has(dossier: string): boolean {
    return this.current().entries[dossier] !== undefined;
  }

  all(): string[] {
    return Object.keys(this.current().entries);
  }

  accessOf(dossier: string): readonly string[] {
    return this.current().entries[dossier]?.access ?? [];
  }

  /** Wraps a recording's key for exactly these people. */
  async put(dossier: string, key: Uint8Array, people: readonly Recipient[]): Promise<void> {
    const { file, epoch } = await this.open();
    const entries = { ...file.entries, [dossier]: await entryFor(dossier, key, people, epoch.key) };
    this.write(keyringName(file.epoch), { ...file, entries } satisfies KeyringFile);
  }

  /** @throws AppFailure `dossier-wiped`, `access-denied`, `vault-damaged` */
  async keyOf(dossier: string): Promise<Uint8Array> {
    const { file, epoch } = await this.open();
    const entry = file.entries[dossier] ?? fail({ code: 'dossier-wiped' });
    return (await unwrapWith(this.identity, open(dossier, entry, epoch.key))) ?? fail({ code: 'access-denied' });
  }

  /** Lets one more person hold the epoch's key. */
  async admit(person: Recipient): Promise<void> {
    const { file, epoch } = await this.open();
    this.guard();
    await writeEpoch(this.folder, file.epoch, { ...epoch, people: union(epoch.people, [person]) });
  }

  /** Wraps a key for fewer people than before; the keyring in which it was wrapped for more is destroyed. */
  async narrow(
    dossier: string,
    key: Uint8Array,
    people: readonly Recipient[],
    staff: readonly Recipient[],
  ): Promise<FileWipe[]> {
    return this.begin(staff, async (entries, fresh) => ({
      ...entries,
      [dossier]: await entryFor(dossier, key, people, fresh),
    }));
  }

  /** Destroys a recording's key, and every older copy of the keyring with it. */
  async destroy(dossier: string, staff: readonly Recipient[]): Promise<FileWipe[]> {
    if (!this.has(dossier)) return this.sweep();
    return this.begin(staff, ({ [dossier]: _gone, ...others }) => Promise.resolve(others));
  }

  /** Begins a new epoch. @returns what became of the files of the old one */
  private async begin(
    staff: readonly Recipient[],
    change: (entries: Record<string, Entry>, fresh: Uint8Array) => Promise<Record<string, Entry>>,
  ): Promise<FileWipe[]> {
    const { file, epoch: old } = await this.open();
    const fresh = newKey();
    const resealed: Record<string, Entry> = {};
    for (const [id, entry] of Object.entries(file.entries)) {
      const sealed = seal(fresh, open(id, entry, old.key), contextOf(id, entry.access));
      resealed[id] = { access: entry.access, sealed: sealed.toString('base64') };
    }
    const epoch = file.epoch + 1;
    this.write(keyringName(epoch), { epoch, entries: await change(resealed, fresh) } satisfies KeyringFile);
    this.guard();
    await writeEpoch(this.folder, epoch, { key: fresh, people: union(old.people, staff) });
    return this.sweep();
  }

  private write(name: string, value: unknown): void {
    this.guard();
    writeJson(join(this.folder, name), value);
  }

  /**
   * Wipes the files of earlier epochs, which a crash may have left; never before the present one was
   * opened, as they may be all that is left of the keys.
   * @throws AppFailure `vault-damaged`
   */
  async sweep(): Promise<FileWipe[]> {
    if (this.strays().length === 0 && (await leftovers(this.folder)).length === 0) return [];
    await this.open();
    this.guard();
    const wiped: FileWipe[] = [];
    for (const name of [...this.strays(), ...(await leftovers(this.folder))])
      wiped.push(await wipeFile(join(this.folder, name)));
    return wiped;
  }

  /** Files of other epochs than the present one; the keys first, without which a keyring is noise. */
  strays(): string[] {
    const present = epochsIn(this.folder).at(-1) ?? 0;
    return readdirSync(this.folder)
      .filter((name) => OWN_NAME.test(name) && (name.endsWith('.new') || Number(OWN_NAME.exec(name)?.[1]) !== present))
      .sort();
  }
}

function contextOf(dossier: string, access: readonly string[]): string {
  return canonical({ dossier, access });
}

async function entryFor(
  dossier: string,
  key: Uint8Array,
  people: readonly Recipient[],
  epochKey: Uint8Array,
): Promise<Entry> {
  const access = people.map(({ id }) => id);
  const recipients = people.map(({ recipient }) => recipient);
  const sealed = seal(epochKey, await wrapFor(recipients, key), contextOf(dossier, access));
  return { access, sealed: sealed.toString('base64') };
}

function open(dossier: string, entry: Entry, key: Uint8Array): Uint8Array {
  const wrapped = unseal(key, Buffer.from(entry.sealed, 'base64'), contextOf(dossier, entry.access));
  return wrapped ?? fail({ code: 'vault-damaged', item: 'keyring' });
}

function union(some: readonly Recipient[], more: readonly Recipient[]): Recipient[] {
  const all = new Map([...some, ...more].map(({ id, recipient }) => [id, { id, recipient }]));
  return [...all.values()];
}

async function writeEpoch(folder: string, epoch: number, { key, people }: Epoch): Promise<void> {
  const plain = Buffer.concat([key, Buffer.from(JSON.stringify(union(people, [])), 'utf8')]);
  const wrapped = await wrapFor(
    people.map(({ recipient }) => recipient),
    plain,
  );
  writeJson(join(folder, epochName(epoch)), { epoch, sealed: wrapped.toString('base64') });
}

function epochsIn(folder: string): number[] {
  const found = readdirSync(folder).map((name) => /^epoch-(\d+)\.json$/.exec(name)?.[1]);
  return found
    .filter((text) => text !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}
