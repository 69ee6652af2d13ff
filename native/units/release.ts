import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { Release, type ReleaseBody } from '../../core/queue/unit.ts';
import { Base64 } from '../../core/vault/base64.ts';
import { Id, may, type PublicPerson } from '../../core/vault/person.ts';
import { KEY_BYTES } from '../vault/block-cipher.ts';
import { unwrapWith, wrapFor } from '../vault/recipients.ts';
import { canonical, signText, verifyText } from '../vault/signing.ts';
import type { Session } from '../vault/vault.ts';

/** After that a worker does nothing with it any more; a job that takes longer hands out another. */
const HOURS = 24;

const Inside = z.strictObject({ dossier: Id, job: Id, expires: z.iso.datetime(), key: Base64 });

/** Hands a recording's key to workers. @param key stays the caller's to forget */
export async function releaseKey(
  session: Session,
  { dossier, job }: { readonly dossier: string; readonly job: string },
  key: Uint8Array,
  workers: readonly PublicPerson[],
  now: Date,
): Promise<Release> {
  const expires = new Date(now.getTime() + HOURS * 3_600_000).toISOString();
  const inside: z.infer<typeof Inside> = { dossier, job, expires, key: Buffer.from(key).toString('base64') };
  const plain = Buffer.from(JSON.stringify(inside));
  const recipients = workers.map(({ recipient }) => recipient);
  const sealed = (await wrapFor(recipients, plain)).toString('base64');
  plain.fill(0);
  const body: ReleaseBody = {
    purpose: 'onherkenbaar/release/1',
    vault: session.vault.id,
    dossier,
    job,
    by: session.keys.person.id,
    expires,
    workers: workers.map(({ id }) => id),
    sealed,
  };
  return { body, signature: signText(session.keys.signingKey, canonical(body)) };
}

/**
 * Makes sure that it comes from somebody who may work on this dossier, and still holds: whoever can write to the
 * queue could make workers busy otherwise.
 * @throws AppFailure `queue-unit-failed`
 */
export function requireGenuine(session: Session, { body, signature }: Release, now: Date): void {
  const { vault, dossier, by } = body;
  const person = session.vault.people().get(by)?.person;
  const genuine =
    vault === session.vault.id &&
    person !== undefined &&
    may(person.role, 'work') &&
    verifyText(person.verifyKey, canonical(body), signature) &&
    session.keyring.accessOf(dossier).includes(by);
  if (!genuine) fail({ code: 'queue-unit-failed', reason: 'forged' });
  if (now.toISOString() >= body.expires) fail({ code: 'queue-unit-failed', reason: 'expired' });
}

/** @returns the recording's key, for the caller to forget @throws AppFailure `queue-unit-failed` */
export async function openRelease(session: Session, { body }: Release): Promise<Uint8Array> {
  const plain = await unwrapWith(session.keys.identity, Buffer.from(body.sealed, 'base64'));
  const inside = plain && parsed(plain);
  plain?.fill(0);
  const same = inside?.dossier === body.dossier && inside.job === body.job && inside.expires === body.expires;
  if (!inside || !same || inside.key.length !== KEY_BYTES) return fail({ code: 'queue-unit-failed', reason: 'forged' });
  return inside.key;
}

function parsed(plain: Uint8Array) {
  try {
    const { key, ...rest } = Inside.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
    return { ...rest, key: Uint8Array.from(Buffer.from(key, 'base64')) };
  } catch {
    return undefined;
  }
}
