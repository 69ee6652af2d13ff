import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppFailure } from '../../core/errors.ts';
import { Base64 } from '../../core/vault/base64.ts';
import { Id, may } from '../../core/vault/person.ts';
import type { Segment } from '../segments.ts';
import { segmentName, type JobFolder } from '../store/job-folder.ts';
import { hashOf, type Shelf } from '../store/shelf.ts';
import { canonical, signText, verifyText } from '../vault/signing.ts';
import type { SealedShelf } from '../vault/sealed-shelf.ts';
import type { Session } from '../vault/vault.ts';

/** What a worker says of a segment that it made. */
const Claim = z.strictObject({
  purpose: z.literal('onherkenbaar/segment/1'),
  dossier: Id,
  segment: z.number().int().nonnegative(),
  /** Of the segment, which names everything that decides its pixels. */
  key: z.string(),
  /** Of the bytes. */
  sha256: z.string(),
  /** Who made it. */
  by: Id,
});
type Claim = z.infer<typeof Claim>;
const Note = z.strictObject({ claim: Claim, signature: Base64 });

const NOTE = /^(made-\d{5}-[0-9a-f]{16})\.json$/;

/**
 * Keeps a segment under a name of its own, so that two workers at the same one do not meet; sealed as what it is to
 * become. Whoever handed out the work gives it that name.
 */
export async function keepMade(
  session: Session,
  shelf: SealedShelf,
  dossier: string,
  { index, key }: Segment,
  make: (open: () => ReturnType<Shelf['create']>) => Promise<{ readonly sha256: string }>,
): Promise<void> {
  const name = `made-${String(index).padStart(5, '0')}-${randomBytes(8).toString('hex')}`;
  const { sha256 } = await make(() => shelf.createAs(name, segmentName(index)));
  const by = session.keys.person.id;
  const claim: Claim = { purpose: 'onherkenbaar/segment/1', dossier, segment: index, key, sha256, by };
  const signature = signText(session.keys.signingKey, canonical(claim));
  const writer = await shelf.create(`${name}.json`);
  await writer.write(Buffer.from(JSON.stringify({ claim, signature } satisfies z.infer<typeof Note>)));
  await writer.commit();
}

/** Whether some worker has made it already, as far as its note tells. */
export async function isMade(shelf: Shelf, dossier: string, { index, key }: Segment): Promise<boolean> {
  for (const name of notesIn(shelf)) {
    const claim = (await read(shelf, `${name}.json`))?.claim;
    if (claim?.dossier === dossier && claim.segment === index && claim.key === key && shelf.has(name)) return true;
  }
  return false;
}

/**
 * Takes in what workers made: signed by one of the vault's workers, of a segment that is wanted, and the very bytes
 * that were signed. Anything else is thrown away.
 * @returns the segments that are there now
 */
export async function takeInMade(
  session: Session,
  folder: JobFolder,
  dossier: string,
  wanted: readonly Segment[],
): Promise<Segment[]> {
  const { shelf } = folder;
  const taken: Segment[] = [];
  for (const name of notesIn(shelf)) {
    const note = await read(shelf, `${name}.json`);
    const segment = note && wanted.find(({ index, key }) => index === note.claim.segment && key === note.claim.key);
    if (segment && !taken.includes(segment) && note.claim.dossier === dossier && isGenuine(session, note)) {
      const place = segmentName(segment.index);
      if (shelf.has(name)) renameSync(join(shelf.path, name), join(shelf.path, place));
      if ((await hashIfWhole(shelf, place)) === note.claim.sha256) {
        folder.noteSegment(segment.index, segment.key, note.claim.sha256);
        taken.push(segment);
      }
    }
    shelf.remove(name);
    shelf.remove(`${name}.json`);
  }
  return taken;
}

function notesIn({ path }: Shelf): string[] {
  return readdirSync(path).flatMap((file) => NOTE.exec(file)?.[1] ?? []);
}

/** @returns undefined for what is not whole, or not there any more */
async function read(shelf: Shelf, name: string): Promise<z.infer<typeof Note> | undefined> {
  try {
    const file = await shelf.open(name);
    const text = await file.read(0, file.size).finally(() => file.close());
    return Note.safeParse(JSON.parse(Buffer.from(text).toString('utf8'))).data;
  } catch (error) {
    if (error instanceof AppFailure || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isGenuine(session: Session, { claim, signature }: z.infer<typeof Note>): boolean {
  const maker = session.vault.people().get(claim.by)?.person;
  return (
    maker !== undefined && may(maker.role, 'make-segments') && verifyText(maker.verifyKey, canonical(claim), signature)
  );
}

async function hashIfWhole(shelf: Shelf, name: string): Promise<string | undefined> {
  try {
    return await hashOf(shelf, name);
  } catch (error) {
    if (error instanceof AppFailure) return undefined;
    throw error;
  }
}
