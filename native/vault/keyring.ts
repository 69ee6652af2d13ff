import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { Id } from '../../core/vault/person.ts';
import { readJson, writeJson } from '../store/atomic.ts';
import { leftovers, wipeFile, type FileWipe } from '../wipe/overwrite.ts';
import { unwrapWith, wrapFor } from './recipients.ts';
import { newKey, seal, unseal } from './seal.ts';
import { canonical } from './signing.ts';

const EpochFile = z.strictObject({ epoch: z.number().int().positive(), sealed: z.string() });
const Entry = z.strictObject({ access: z.array(Id), sealed: z.string() });
type Entry = z.infer<typeof Entry>;
const KeyringFile = z.strictObject({ epoch: z.number().int().positive(), entries: z.record(Id, Entry) });
type KeyringFile = z.infer<typeof KeyringFile>;

/** A member of staff as the keyring knows one. */
export interface Recipient {
  readonly id: string;
  readonly recipient: string;
}

const epochName = (epoch: number) => `epoch-${String(epoch).padStart(6, '0')}.json`;
const keyringName = (epoch: number) => `keyring-${String(epoch).padStart(6, '0')}.json`;

/**
 * The keys of all recordings. Each is wrapped for the people on its access list, and that wrap is
 * sealed again under the key of the present epoch, which all staff hold. Destroying a recording's key
 * begins a new epoch: the others are sealed anew, the old epoch's key is destroyed, and with it every
 * copy of an older keyring opens nothing any more. Nobody needs access to a recording to do that.
 *
 * The epoch's file counts as the commit: a keyring without it is a try that was cut short.
 */
export class Keyring {
  constructor(
    private readonly folder: string,
    private readonly identity: string,
  ) {}

  static async init(folder: string, people: readonly Recipient[]): Promise<void> {
    writeJson(join(folder, keyringName(1)), { epoch: 1, entries: {} } satisfies KeyringFile);
    await writeEpoch(folder, 1, newKey(), people);
  }

  /** @throws AppFailure `vault-damaged` */
  private current(): KeyringFile {
    const epoch = epochsIn(this.folder).at(-1);
    const file = epoch === undefined ? undefined : readJson(join(this.folder, keyringName(epoch)), KeyringFile);
    return file?.epoch === epoch && file ? file : fail({ code: 'vault-damaged', item: 'keyring' });
  }

  private async epochKey(epoch: number): Promise<Uint8Array> {
    const file = readJson(join(this.folder, epochName(epoch)), EpochFile);
    const key = file && (await unwrapWith(this.identity, Buffer.from(file.sealed, 'base64')));
    return key ?? fail({ code: 'vault-damaged', item: 'epoch' });
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

  /** Wraps a recording's key for exactly these people. Call under the vault's lease. */
  async put(dossier: string, key: Uint8Array, people: readonly Recipient[]): Promise<void> {
    const file = this.current();
    const access = people.map(({ id }) => id);
    const wrapped = await wrapFor(
      people.map(({ recipient }) => recipient),
      key,
    );
    const sealed = seal(await this.epochKey(file.epoch), wrapped, contextOf(dossier, access)).toString('base64');
    const entries = { ...file.entries, [dossier]: { access, sealed } };
    writeJson(join(this.folder, keyringName(file.epoch)), { ...file, entries });
  }

  /** @throws AppFailure `dossier-wiped`, `access-denied`, `vault-damaged` */
  async keyOf(dossier: string): Promise<Uint8Array> {
    const file = this.current();
    const entry = file.entries[dossier] ?? fail({ code: 'dossier-wiped' });
    const wrapped = open(dossier, entry, await this.epochKey(file.epoch));
    return (await unwrapWith(this.identity, wrapped)) ?? fail({ code: 'access-denied' });
  }

  /** Seals the epoch's key for these people: whoever is missing can open nothing from now on. Under the lease. */
  async admit(people: readonly Recipient[]): Promise<void> {
    const { epoch } = this.current();
    await writeEpoch(this.folder, epoch, await this.epochKey(epoch), people);
  }

  /**
   * Destroys a recording's key and every older copy of the keyring with it. Under the vault's lease.
   * Done again after a crash it finishes what was left.
   * @returns what became of the files of earlier epochs
   */
  async destroy(dossier: string, people: readonly Recipient[]): Promise<FileWipe[]> {
    const file = this.current();
    if (file.entries[dossier] !== undefined) {
      const [old, fresh] = [await this.epochKey(file.epoch), newKey()];
      const entries: Record<string, Entry> = {};
      for (const [id, entry] of Object.entries(file.entries)) {
        if (id === dossier) continue;
        const sealed = seal(fresh, open(id, entry, old), contextOf(id, entry.access));
        entries[id] = { access: entry.access, sealed: sealed.toString('base64') };
      }
      const epoch = file.epoch + 1;
      writeJson(join(this.folder, keyringName(epoch)), { epoch, entries } satisfies KeyringFile);
      await writeEpoch(this.folder, epoch, fresh, people);
    }
    return this.sweep();
  }

  /** Wipes the files of earlier epochs, which a crash may have left. */
  async sweep(): Promise<FileWipe[]> {
    const present = epochsIn(this.folder).at(-1) ?? 0;
    const wiped: FileWipe[] = [];
    // The key first: without it the keyring beside it is noise.
    for (const name of readdirSync(this.folder).sort()) {
      const epoch = /^(?:epoch|keyring)-(\d+)\.json(?:\.new)?$/.exec(name)?.[1];
      if (epoch !== undefined && (Number(epoch) !== present || name.endsWith('.new')))
        wiped.push(await wipeFile(join(this.folder, name)));
    }
    for (const name of await leftovers(this.folder)) wiped.push(await wipeFile(join(this.folder, name)));
    return wiped;
  }
}

function contextOf(dossier: string, access: readonly string[]): string {
  return canonical({ dossier, access });
}

function open(dossier: string, entry: Entry, key: Uint8Array): Uint8Array {
  const wrapped = unseal(key, Buffer.from(entry.sealed, 'base64'), contextOf(dossier, entry.access));
  return wrapped ?? fail({ code: 'vault-damaged', item: 'keyring' });
}

async function writeEpoch(folder: string, epoch: number, key: Uint8Array, people: readonly Recipient[]): Promise<void> {
  const wrapped = await wrapFor(
    people.map(({ recipient }) => recipient),
    key,
  );
  writeJson(join(folder, epochName(epoch)), { epoch, sealed: wrapped.toString('base64') });
}

function epochsIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).map((name) => /^epoch-(\d+)\.json$/.exec(name)?.[1]);
  return found
    .filter((text) => text !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}
