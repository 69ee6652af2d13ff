import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppFailure, fail } from '../../core/errors.ts';
import { IncidentEvent, type IncidentStep } from '../../core/incidents/incident.ts';
import { INCIDENT_READERS } from '../../core/incidents/readers.ts';
import { incidentCase, type IncidentCase } from '../../core/incidents/states.ts';
import { Id, may } from '../../core/vault/person.ts';
import { readJson, writeJson } from '../store/atomic.ts';
import type { Recipient } from '../vault/keyring.ts';
import { unwrapWith, wrapFor } from '../vault/recipients.ts';
import { newKey } from '../vault/seal.ts';
import { SignedRecord, type RecordKind } from '../vault/signed-record.ts';
import type { Session } from '../vault/vault.ts';
import { wipeTree } from '../wipe/dossier-wipe.ts';

const RECORD: RecordKind<IncidentEvent> = { purpose: 'incident', schema: IncidentEvent };
type Record = SignedRecord<IncidentEvent>;

/** For whom the key of an incident is wrapped, as an age file. */
const KeyFile = z.strictObject({ access: z.array(Id), sealed: z.string() });
const KEY = 'key.json';
const ENTRIES = 'entries';

/** What someone can know of an incident; of those of others, what the log says alone. */
export type IncidentSight =
  | { readonly form: 'readable'; readonly known: IncidentCase }
  | { readonly form: 'sealed' | 'damaged' | 'missing'; readonly incident: string; readonly logged: Logged | undefined };

export interface Logged {
  readonly noticedAt: string;
  readonly reportBy: string;
  readonly closed: boolean;
}

/**
 * Where the sealed incidents lie. Everyone may open one, at any time: so the key of each is wrapped for its
 * readers by their public keys alone, and nobody has to be let in first. All under the vault's lease.
 */
export class IncidentRoom {
  private readonly records = new Map<string, Record>();
  private readonly damaged = new Set<string>();

  private constructor(private readonly session: Session) {}

  static async open(session: Session): Promise<IncidentRoom> {
    const room = new IncidentRoom(session);
    try {
      await room.sweep();
      await room.load();
      room.settle();
      await room.admit();
      return room;
    } catch (error) {
      room.close();
      throw error;
    }
  }

  all(): IncidentSight[] {
    const ids = new Set([...logged(this.session).keys(), ...this.kept()]);
    return [...ids].map((id) => this.see(id));
  }

  /** @throws AppFailure `incident-unknown`, `incident-sealed`, `incident-missing`, `vault-item-damaged` */
  of(id: string): IncidentCase {
    return caseOf(this.recordOf(id));
  }

  /** It counts once its key is kept; the log is told of it last. */
  async add(event: Extract<IncidentEvent, { event: 'opened' }>): Promise<IncidentCase> {
    const { incident } = event;
    const record = SignedRecord.begin(join(this.folderOf(incident), ENTRIES), incident, newKey(), RECORD);
    this.records.set(incident, record);
    record.append(event, this.session.keys);
    await this.wrap(record);
    const known = caseOf(record);
    this.noteOpened(known);
    return known;
  }

  append(id: string, step: IncidentStep): IncidentCase {
    const record = this.recordOf(id);
    this.session.requireLease();
    record.append(step, this.session.keys);
    if (step.event === 'closed') this.session.note({ event: 'incident-closed', incident: id, reported: step.reported });
    return caseOf(record);
  }

  /** Forgets the keys. */
  close(): void {
    for (const record of this.records.values()) record.close();
    this.records.clear();
  }

  private see(incident: string): IncidentSight {
    const record = this.records.get(incident);
    if (record) return { form: 'readable', known: caseOf(record) };
    const form = this.damaged.has(incident) ? 'damaged' : this.kept().includes(incident) ? 'sealed' : 'missing';
    return { form, incident, logged: logged(this.session).get(incident) };
  }

  private recordOf(id: string): Record {
    const record = this.records.get(id);
    if (record) return record;
    if (this.damaged.has(id)) fail({ code: 'vault-item-damaged', item: RECORD.purpose, block: 0 });
    if (this.kept().includes(id)) fail({ code: 'incident-sealed' });
    return fail(
      logged(this.session).has(id) ? { code: 'incident-missing' } : { code: 'incident-unknown', incident: id },
    );
  }

  private folderOf(id: string): string {
    return join(rootOf(this.session), id);
  }

  private folders(): string[] {
    const root = rootOf(this.session);
    if (!existsSync(root)) return [];
    const found = readdirSync(root, { withFileTypes: true });
    return found.filter((each) => each.isDirectory() && Id.safeParse(each.name).success).map(({ name }) => name);
  }

  private kept(): string[] {
    return this.folders().filter((id) => existsSync(join(this.folderOf(id), KEY)));
  }

  private noteOpened({ incident, frozen, noticedAt, reportBy }: IncidentCase): void {
    this.session.note({ event: 'incident-opened', incident, frozen: frozen.seq, noticedAt, reportBy });
  }

  /** What was begun and whose key was not kept: nobody can open it. Never of what the log knows. */
  private async sweep(): Promise<void> {
    const known = logged(this.session);
    for (const id of this.folders().filter((each) => !this.kept().includes(each) && !known.has(each))) {
      await wipeTree(this.folderOf(id));
      if (readdirSync(this.folderOf(id)).length === 0) rmdirSync(this.folderOf(id));
    }
  }

  /** One that is damaged hides none of the others. */
  private async load(): Promise<void> {
    const people = this.session.vault.people();
    for (const id of this.kept()) {
      const key = await this.keyOf(id);
      if (!key) continue;
      try {
        const record = SignedRecord.open(join(this.folderOf(id), ENTRIES), id, key, RECORD, people);
        if (!record || !isGood(record, this.session)) this.damaged.add(id);
        if (record && !this.damaged.has(id)) this.records.set(id, record);
        else record?.close();
      } catch (error) {
        if (!(error instanceof AppFailure)) throw error;
        this.damaged.add(id);
      }
    }
  }

  private async keyOf(id: string): Promise<Uint8Array | undefined> {
    const file = readJson(join(this.folderOf(id), KEY), KeyFile);
    if (!file) this.damaged.add(id);
    return file && unwrapWith(this.session.keys.identity, Buffer.from(file.sealed, 'base64'));
  }

  /** What a crash kept from the log is put into it now, by who may write it. */
  private settle(): void {
    const known = logged(this.session);
    for (const record of this.records.values()) {
      const { incident, closing } = caseOf(record);
      if (!known.has(incident)) this.noteOpened(caseOf(record));
      const closed = known.get(incident)?.closed === true;
      if (closing && !closed && may(this.session.keys.person.role, 'close-incident'))
        this.session.note({ event: 'incident-closed', incident, reported: closing.reported });
    }
  }

  /** A privacy officer who came since reads it as well. */
  private async admit(): Promise<void> {
    for (const record of this.records.values()) {
      const access = readJson(join(this.folderOf(record.id), KEY), KeyFile)?.access ?? [];
      if (!readers(this.session, record).every(({ id }) => access.includes(id))) await this.wrap(record);
    }
  }

  private async wrap(record: Record): Promise<void> {
    const people = readers(this.session, record);
    const key = record.copyOfKey();
    const wrapped = await wrapFor(
      people.map(({ recipient }) => recipient),
      key,
    );
    key.fill(0);
    this.session.requireLease();
    const file = { access: people.map(({ id }) => id), sealed: wrapped.toString('base64') };
    writeJson(join(this.folderOf(record.id), KEY), file satisfies z.infer<typeof KeyFile>);
  }
}

/** Makes the room where there is none. */
export function makeIncidentRoom(session: Session): void {
  mkdirSync(rootOf(session), { recursive: true, mode: 0o700 });
}

function rootOf(session: Session): string {
  return join(session.vault.root, 'incidents');
}

/** Who opened it, and those who have to deal with it. */
function readers(session: Session, { entries }: Record): Recipient[] {
  const opener = entries[0]?.by;
  const people = [...session.vault.people().values()].map(({ person }) => person);
  return people.filter(({ id, role }) => id === opener || INCIDENT_READERS.includes(role));
}

/** @throws AppFailure `vault-item-damaged` */
function caseOf({ id, events }: Record): IncidentCase {
  const known = incidentCase(events);
  if (known?.incident !== id) return fail({ code: 'vault-item-damaged', item: RECORD.purpose, block: 0 });
  return known;
}

/** It is of this vault and this number; only who may has closed it; and it does not say less than the log. */
function isGood({ id, entries, events }: Record, session: Session): boolean {
  const known = incidentCase(events);
  if (known?.incident !== id || known.frozen.vault !== session.vault.id) return false;
  const people = session.vault.people();
  const closers = entries.flatMap(({ event, by }) => (event.event === 'closed' ? [people.get(by)?.person.role] : []));
  if (closers.some((role) => role === undefined || !may(role, 'close-incident'))) return false;
  return known.closing !== undefined || logged(session).get(id)?.closed !== true;
}

function logged(session: Session): Map<string, Logged> {
  const known = new Map<string, Logged>();
  for (const { what } of session.entries()) {
    if (what.event === 'incident-opened') {
      const { incident, noticedAt, reportBy } = what;
      known.set(incident, { noticedAt, reportBy, closed: false });
    }
    const before = what.event === 'incident-closed' ? known.get(what.incident) : undefined;
    if (what.event === 'incident-closed' && before) known.set(what.incident, { ...before, closed: true });
  }
  return known;
}
