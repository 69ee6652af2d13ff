import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deliveryOf, JournalLine, type DeliveryPlan, type DeliveryState } from '../../core/delivery/journal.ts';
import { Place } from '../../core/delivery/place.ts';
import { fail } from '../../core/errors.ts';
import { valid } from '../../core/valid.ts';
import { Id } from '../../core/vault/person.ts';
import { writeWhole } from '../store/atomic.ts';
import { flushFolder } from '../store/files.ts';
import { Lease } from '../store/lease.ts';
import { PlainShelf } from '../store/plain-shelf.ts';
import { unwrapWith, wrapFor } from '../vault/recipients.ts';
import type { Session } from '../vault/vault.ts';

const JOURNAL = 'journal.jsonl';
/** A place may hold names: it is sealed to those who may see the recording, and outlives it (R2). */
const PLACE = 'place.age';

export interface Journal {
  readonly lines: readonly JournalLine[];
  /** On the disk when it returns. */
  readonly write: (line: JournalLine) => void;
  readonly close: () => void;
}

function shelfOf(session: Session, delivery: string): PlainShelf {
  return new PlainShelf(session.folder('deliveries', delivery));
}

/** Writes down what is about to be delivered, before anything is. */
export async function beginDelivery(session: Session, plan: DeliveryPlan, to: Place): Promise<void> {
  const folder = session.folder('deliveries', plan.delivery);
  // Vaults made before there was a way out have no such folder.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const people = session.vault.people();
  const may = session.keyring.accessOf(plan.dossier).flatMap((id) => people.get(id)?.person.recipient ?? []);
  const own = session.keys.person.recipient;
  writeWhole(
    join(folder, PLACE),
    await wrapFor([...new Set([own, ...may])], Buffer.from(JSON.stringify(valid(Place, to)), 'utf8')),
  );
  const journal = openJournal(session, plan.delivery);
  journal.write({ state: 'waiting', at: new Date().toISOString(), plan });
  journal.close();
  flushFolder(join(folder, JOURNAL));
  flushFolder(folder);
}

/** @throws AppFailure `vault-item-damaged` */
export function openJournal(session: Session, delivery: string): Journal {
  const { lines, list } = shelfOf(session, delivery).lines(JOURNAL);
  return {
    lines: lines.map(parsed),
    write: (line) => list.append(JSON.stringify(valid(JournalLine, line)), true),
    close: () => list.close(),
  };
}

function parsed(text: string, index: number): JournalLine {
  try {
    return JournalLine.parse(JSON.parse(text));
  } catch {
    return fail({ code: 'vault-item-damaged', item: JOURNAL, block: index });
  }
}

/** All that was begun in this vault, whoever began it, oldest first. @throws AppFailure `vault-item-damaged` */
export function allDeliveries(session: Session): DeliveryState[] {
  const root = session.folder('deliveries');
  const folders = existsSync(root) ? readdirSync(root, { withFileTypes: true }) : [];
  return folders
    .filter((entry) => entry.isDirectory() && Id.safeParse(entry.name).success)
    .flatMap(({ name }) => read(session, name) ?? [])
    .sort((a, b) => (a.begunAt < b.begunAt ? -1 : 1));
}

/** @throws AppFailure `delivery-unknown`, `vault-item-damaged` */
export function deliveryNamed(session: Session, delivery: string): DeliveryState {
  const known = Id.safeParse(delivery).success ? read(session, delivery) : undefined;
  return known ?? fail({ code: 'delivery-unknown', delivery });
}

/** Without touching it: someone may be writing. */
function read(session: Session, delivery: string): DeliveryState | undefined {
  const path = join(session.folder('deliveries', delivery), JOURNAL);
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return deliveryOf(lines.map(parsed));
}

/** Where it was to go; undefined for those who may not know. */
export async function placeOf(session: Session, delivery: string): Promise<Place | undefined> {
  const path = join(session.folder('deliveries', delivery), PLACE);
  if (!existsSync(path)) return undefined;
  const plain = await unwrapWith(session.keys.identity, readFileSync(path));
  return plain && Place.safeParse(JSON.parse(Buffer.from(plain).toString('utf8'))).data;
}

/**
 * Runs while nobody else, on whatever machine, delivers to the same target or takes back from it.
 * @throws AppFailure `delivery-busy`
 */
export async function aloneWith<T>(session: Session, target: string, work: () => Promise<T>): Promise<T> {
  const root = session.folder('deliveries');
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const lease = Lease.take(join(root, `.${target}.lock`)) ?? fail({ code: 'delivery-busy' });
  try {
    return await work();
  } finally {
    lease.release();
  }
}
