import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ASKED, Credentials } from '../../core/delivery/credentials.ts';
import { targetOf } from '../../core/delivery/gate.ts';
import { fail } from '../../core/errors.ts';
import type { Portal } from '../../core/profile/profile.ts';
import { valid } from '../../core/valid.ts';
import { dayNow } from '../day.ts';
import type { Session } from '../vault/vault.ts';
import { readOwn, writeOwn } from './own-seal.ts';

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
  await writeOwn(
    session,
    pathOf(session, id),
    aboutOf(session, target),
    JSON.stringify(valid(Credentials, credentials)),
  );
}

/** Undefined when this person has none for this very host, or they can't be read. */
export async function credentialsFor(session: Session, id: string): Promise<Credentials | undefined> {
  const target = targetNamed(session, id);
  const text = target && (await readOwn(session, pathOf(session, id), aboutOf(session, target)));
  return text === undefined ? undefined : Credentials.safeParse(JSON.parse(text)).data;
}

/** A secret is for the host that it was given for, whatever a later profile says. */
function aboutOf({ vault }: Session, { id, platform, host, port }: Portal): string {
  return JSON.stringify(['credentials', vault.id, id, platform, host, port ?? 0]);
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
