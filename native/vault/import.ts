import { mkdirSync, rmSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { SourceKind } from '../../core/audit/entry.ts';
import { ImportFacts } from '../../core/dossier/events.ts';
import { intakeRefusals, type Intake } from '../../core/dossier/intake.ts';
import { fail } from '../../core/errors.ts';
import { valid } from '../../core/valid.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { probe, probeMedia } from '../ffmpeg/probe.ts';
import { viewer } from './access.ts';
import { requireStatement } from './conduct.ts';
import { Dossier, ORIGINAL } from './dossier.ts';
import { Loopback } from './loopback.ts';
import { schoolRules } from './school-rules.ts';
import { newId, newKey } from './seal.ts';
import { takeIn, type Fragment, type TakenIn } from './take-in.ts';
import { dayNow } from '../day.ts';
import type { Session } from './vault.ts';

export interface ImportWish {
  readonly source: string;
  readonly kind: SourceKind;
  /** Day of the lesson, `YYYY-MM-DD`; undefined: the file's date. */
  readonly recordedOn: string | undefined;
  readonly label: string;
  /** Ids of those who may see it beside the one who imports. */
  readonly access: readonly string[];
  /** What of it comes in (V5); undefined: all. */
  readonly fragment?: Fragment | undefined;
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
 * @throws AppFailure `input-…`, `act-not-allowed`, `rules-unsigned`, `intake-refused`, `person-unknown`, `import-differs`, `import-fragment`,
 * `import-not-trimmed`, `cancelled`
 */
export async function importRecording(session: Session, wish: ImportWish): Promise<Imported> {
  session.require('import');
  requireStatement(session);
  await requireIntake(session, wish.intake);
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
  const fragment = wish.fragment && within(wish.fragment, recording);
  const id = newId();
  const key = newKey();
  const folder = session.folder('dossiers', id);
  mkdirSync(folder, { mode: 0o700 });
  const loopback = await Loopback.start();
  let dossier: Dossier | undefined;
  try {
    dossier = Dossier.begin(id, folder, Buffer.from(key), loopback);
    const { source, tools, signal, onProgress } = wish;
    const common = { dossier, key, source, bytes: before.size, recording, fragment, tools, signal };
    const taken = await takeIn(onProgress ? { ...common, onProgress } : common);
    const after = await stat(wish.source);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) fail({ code: 'input-changed' });
    const facts: ImportFacts = {
      ...known,
      ...taken,
      ...(fragment ? await factsOf(dossier, taken, fragment, wish) : {}),
    };
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

/** Shorter than this is a slip of the hand, in seconds. */
const LEAST_FRAGMENT = 1;
/** Pictures that need no other are at most this far apart in what cameras make, in seconds. */
const MOST_BEFORE = 30;

/** @throws AppFailure `import-fragment` */
function within({ from, to }: Fragment, { durationSeconds }: Recording): Fragment {
  const fragment = { from: Math.max(0, from), to: Math.min(to, durationSeconds) };
  if (fragment.to - fragment.from < LEAST_FRAGMENT)
    fail({ code: 'import-fragment', seconds: Math.floor(durationSeconds) });
  return fragment;
}

/** Looks at what was copied: ffmpeg also succeeds where it found nothing. @throws AppFailure `import-not-trimmed` */
async function factsOf(dossier: Dossier, { bytes }: TakenIn, { from, to }: Fragment, wish: ImportWish) {
  const found = await probeMedia(dossier.shelf.address(ORIGINAL), bytes, wish.tools, wish.signal);
  const extra = found.durationSeconds - (to - from);
  if (extra < -LEAST_FRAGMENT || extra > MOST_BEFORE) fail({ code: 'import-not-trimmed' });
  return { milliseconds: Math.round(found.durationSeconds * 1000) };
}

/** @throws AppFailure `intake-refused`: gate G0 stands in the engine, not only on the screen */
async function requireIntake(session: Session, intake: Intake | undefined): Promise<void> {
  const refusals = intake ? intakeRefusals(intake, await schoolRules(session, intake.group)) : [];
  // The questions may come before the lesson; the recording cannot.
  const today = dayNow();
  if (intake && intake.recordedOn > today) fail({ code: 'intake-refused', rules: ['recorded-on'] });
  if (refusals.length > 0) fail({ code: 'intake-refused', rules: refusals.map(({ rule }) => rule) });
}

/** Writes to the log what a recording is for, if that was answered; under the vault's lease. */
export function noteIntake(session: Session, dossier: string, intake: Intake | undefined): void {
  const { purpose, ground, material } = intake ?? {};
  if (purpose && ground && material) session.note({ event: 'dossier-opened', dossier, purpose, ground, material });
}

/** Writes an import and its access list to the log; under the vault's lease. */
export function noteImport(session: Session, dossier: string, facts: ImportFacts): void {
  // Everything but the label: that is the user's own words.
  const { source, recordedOn, bytes, milliseconds, hmac } = facts;
  session.note({ event: 'imported', dossier, source, recordedOn, bytes, milliseconds, hmac });
  for (const person of session.keyring.accessOf(dossier))
    if (person !== session.keys.person.id) session.note({ event: 'access-granted', dossier, person });
}
