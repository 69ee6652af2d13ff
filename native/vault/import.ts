import { createReadStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { SourceKind } from '../../core/audit/entry.ts';
import { ImportFacts } from '../../core/dossier/events.ts';
import { intakeRefusals, type Intake } from '../../core/dossier/intake.ts';
import { fail, throwIfCancelled } from '../../core/errors.ts';
import { valid } from '../../core/valid.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { probe } from '../ffmpeg/probe.ts';
import { readAll } from '../store/shelf.ts';
import { viewer } from './access.ts';
import { Dossier, ORIGINAL, recordingHmac } from './dossier.ts';
import { Loopback } from './loopback.ts';
import { newId, newKey } from './seal.ts';
import type { Session } from './vault.ts';

export interface ImportWish {
  readonly source: string;
  readonly kind: SourceKind;
  /** Day of the lesson, `YYYY-MM-DD`; undefined: the file's date. */
  readonly recordedOn: string | undefined;
  readonly label: string;
  /** Ids of those who may see it beside the one who imports. */
  readonly access: readonly string[];
  /** The answers of gate G0; who imports by script answers for them elsewhere. */
  readonly intake?: Intake | undefined;
  readonly tools: Ffmpeg;
  onProgress?(stage: 'copy' | 'read-back', done: number, total: number): void;
  readonly signal?: AbortSignal | undefined;
}

export interface Imported {
  readonly dossier: string;
  readonly recording: Recording;
}

/**
 * Takes a recording in: card, cipher, vault, without a byte of it in the clear on the vault's disk;
 * then reads it back and holds it against what was read from the card.
 * @throws AppFailure `input-…`, `act-not-allowed`, `person-unknown`, `import-differs`, `cancelled`
 */
export async function importRecording(session: Session, wish: ImportWish): Promise<Imported> {
  session.require('import');
  requireIntake(wish.intake);
  const people = [...new Set([session.keys.person.id, ...wish.access])].map((id) => viewer(session, id));
  const recording = await probe(wish.source, wish.tools, wish.signal);
  const before = statSync(wish.source);
  // Before the copy: what can't be kept must be said now, not after ten minutes.
  const known = valid(ImportFacts.omit({ hmac: true }), {
    label: wish.label,
    source: wish.kind,
    recordedOn: wish.recordedOn ?? before.mtime.toISOString().slice(0, 10),
    bytes: before.size,
    milliseconds: Math.round(recording.durationSeconds * 1000),
  });
  const id = newId();
  const key = newKey();
  const folder = session.folder('dossiers', id);
  mkdirSync(folder, { mode: 0o700 });
  const loopback = await Loopback.start();
  let dossier: Dossier | undefined;
  try {
    dossier = Dossier.begin(id, folder, Buffer.from(key), loopback);
    const hmac = await copyIn(dossier, key, wish, before.size);
    const after = await stat(wish.source);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) fail({ code: 'input-changed' });
    const facts: ImportFacts = { ...known, hmac };
    dossier.record({ event: 'imported', ...facts });
    const { intake } = wish;
    if (intake) dossier.record({ event: 'opened', intake });
    await session.exclusively(async () => {
      await session.keyring.put(id, key, people);
      noteImport(session, id, facts);
      noteIntake(session, id, intake);
    });
    return { dossier: id, recording };
  } catch (error) {
    dossier?.close();
    dossier = undefined;
    // Ciphertext whose key was never kept: nobody can open it, the wiper of leftovers need not know it.
    if (!session.keyring.has(id)) rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    dossier?.close();
    key.fill(0);
    await loopback.close();
  }
}

/** @throws AppFailure `intake-refused`: gate G0 stands in the engine, not only on the screen */
function requireIntake(intake: Intake | undefined): void {
  const refusals = intake ? intakeRefusals(intake) : [];
  // The questions may come before the lesson; the recording cannot.
  const today = new Date().toISOString().slice(0, 10);
  if (intake && intake.recordedOn > today) fail({ code: 'intake-refused', rules: ['recorded-on'] });
  if (refusals.length > 0) fail({ code: 'intake-refused', rules: refusals.map(({ rule }) => rule) });
}

function noteIntake(session: Session, dossier: string, intake: Intake | undefined): void {
  const { purpose, ground } = intake ?? {};
  if (purpose && ground) session.note({ event: 'dossier-opened', dossier, purpose, ground });
}

/** Writes an import and its access list to the log; under the vault's lease. */
export function noteImport(session: Session, dossier: string, facts: ImportFacts): void {
  // Everything but the label: that is the user's own words.
  const { source, recordedOn, bytes, milliseconds, hmac } = facts;
  session.note({ event: 'imported', dossier, source, recordedOn, bytes, milliseconds, hmac });
  for (const person of session.keyring.accessOf(dossier))
    if (person !== session.keys.person.id) session.note({ event: 'access-granted', dossier, person });
}

async function copyIn(dossier: Dossier, key: Uint8Array, wish: ImportWish, total: number): Promise<string> {
  const { source, signal, onProgress } = wish;
  const writer = await dossier.shelf.create(ORIGINAL);
  const hmac = recordingHmac(key);
  let done = 0;
  try {
    for await (const piece of createReadStream(source, { highWaterMark: 1 << 20 })) {
      throwIfCancelled(signal);
      hmac.update(piece);
      await writer.write(piece);
      done += piece.length;
      onProgress?.('copy', done, total);
    }
    await writer.commit();
  } catch (error) {
    await writer.abandon().catch(() => {});
    throw error;
  }
  const wanted = hmac.digest('hex');
  const file = await dossier.shelf.open(ORIGINAL);
  try {
    const again = recordingHmac(key);
    done = 0;
    for await (const piece of readAll(file)) {
      throwIfCancelled(signal);
      again.update(piece);
      done += piece.length;
      onProgress?.('read-back', done, total);
    }
    if (again.digest('hex') !== wanted || done !== total) fail({ code: 'import-differs' });
  } finally {
    await file.close();
  }
  return wanted;
}
