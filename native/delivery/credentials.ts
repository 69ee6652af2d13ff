import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ASKED, Credentials } from '../../core/delivery/credentials.ts';
import { targetOf } from '../../core/delivery/gate.ts';
import { fail } from '../../core/errors.ts';
import type { Portal } from '../../core/profile/profile.ts';
import { valid } from '../../core/valid.ts';
import { dayNow } from '../day.ts';
import { writeWhole } from '../store/atomic.ts';
import { unwrapWith, wrapFor } from '../vault/recipients.ts';
import type { Session } from '../vault/vault.ts';

const ENDING = '.age';

/** Of the signed profile, whatever its date; undefined: it names no such target, or there is no profile. */
export function targetNamed(session: Session, id: string): Portal | undefined {
  const known = session.vault.profile(dayNow());
  return known.state === 'unsigned' ? undefined : targetOf(known.signed.profile, id);
}

/** For one person alone; an age file, so that not even the school's administrator can read it. */
function pathOf(session: Session, target: string): string {
  return join(session.folder('credentials', session.keys.person.id), `${target}${ENDING}`);
}

/**
 * Keeps by what a target knows this person.
 * @throws AppFailure `target-unknown`, `credentials-invalid`
 */
export async function keepCredentials(session: Session, id: string, credentials: Credentials): Promise<void> {
  session.require('export');
  const target = targetNamed(session, id) ?? fail({ code: 'target-unknown', target: id });
  if (!Credentials.safeParse(credentials).success || !ASKED[target.platform].includes(credentials.kind))
    fail({ code: 'credentials-invalid' });
  mkdirSync(session.folder('credentials', session.keys.person.id), { recursive: true, mode: 0o700 });
  const text = Buffer.from(JSON.stringify(valid(Credentials, credentials)), 'utf8');
  writeWhole(pathOf(session, id), await wrapFor([session.keys.person.recipient], text));
}

/** Undefined when this person has none there, or they can't be read. */
export async function credentialsFor(session: Session, target: string): Promise<Credentials | undefined> {
  const path = pathOf(session, target);
  const plain = existsSync(path) ? await unwrapWith(session.keys.identity, readFileSync(path)) : undefined;
  return plain && Credentials.safeParse(JSON.parse(Buffer.from(plain).toString('utf8'))).data;
}

/** @returns whether there were any */
export function forgetCredentials(session: Session, target: string): boolean {
  const known = targetsWithCredentials(session).includes(target);
  if (known) rmSync(pathOf(session, target), { force: true });
  return known;
}

export function targetsWithCredentials(session: Session): string[] {
  const folder = session.folder('credentials', session.keys.person.id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (name.endsWith(ENDING) ? [name.slice(0, -ENDING.length)] : []));
}
