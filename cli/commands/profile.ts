import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '../../core/errors.ts';
import { EXAMPLES, type ExampleName } from '../../core/profile/examples.ts';
import { OwnValues } from '../../core/profile/inherit.ts';
import { gapsOf, type SchoolProfile } from '../../core/profile/profile.ts';
import type { SignedProfile } from '../../core/profile/signed.ts';
import { fingerprintOf } from '../../native/vault/profile-file.ts';
import {
  confirmProfile,
  exportProfile,
  importProfile,
  readOffered,
  requireSigned,
  signProfile,
} from '../../native/vault/profile.ts';
import { Vault, type Session } from '../../native/vault/vault.ts';
import { expired } from '../../native/wipe/recover.ts';
import { sentence } from '../../words/errors.ts';
import type { Context } from '../context.ts';
import { profileTexts } from '../words/profile-texts.ts';
import { dayNow } from '../../native/day.ts';
import { openSession, type VaultOptions } from './vault.ts';

/** The profile of a vault and whether it stands; for everyone who sees the folder, without a passphrase. */
export function showProfile(folder: string, context: Context): void {
  const words = profileTexts(context.language);
  const { output } = context;
  const known = Vault.open(resolve(folder)).profile(dayNow());
  const signed = requireSigned(known);
  const { profile, hash, signedAt } = signed;
  if (context.asJson) {
    output.json({
      event: 'profile',
      state: known.state,
      ...(known.state === 'expired' ? { reason: known.reason } : {}),
      gaps: gapsOf(profile),
      fingerprint: fingerprintOf(signed),
      signed,
    });
    return;
  }
  output.say(words.head(profile.school || words.nameless, hash, signedAt.slice(0, 10)));
  if (known.state === 'expired')
    output.say(sentence({ code: 'profile-expired', revisionOn: profile.revisionOn }, context.language));
  else if (known.state === 'valid')
    output.say(known.confirmedOn === undefined ? words.valid : words.confirmedOn(known.confirmedOn));
  showGaps(profile, context);
  output.say(JSON.stringify(profile, undefined, 2));
}

function showGaps(profile: SchoolProfile, context: Context): void {
  const words = profileTexts(context.language);
  const gaps = gapsOf(profile);
  if (gaps.length > 0) context.output.say(words.gaps);
  for (const gap of gaps) context.output.say(`  - ${words.gap[gap]}`);
}

/** The names of the examples, or one of them as a file to begin from. */
export function showExamples(name: ExampleName | undefined, context: Context): void {
  if (name !== undefined) {
    if (context.asJson) context.output.json({ event: 'example', name, profile: EXAMPLES[name] });
    else context.output.say(JSON.stringify(EXAMPLES[name], undefined, 2));
    return;
  }
  for (const [each, { school, board }] of Object.entries(EXAMPLES))
    if (context.asJson) context.output.json({ event: 'example', name: each });
    else context.output.say(`${each}  ${school || board}`);
}

/** @throws AppFailure `input-missing`, `profile-invalid` */
function readFile(file: string): unknown {
  if (!existsSync(file) || !statSync(file).isFile()) fail({ code: 'input-missing' });
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return fail({ code: 'profile-invalid', field: 'JSON' });
  }
}

export async function signCommand(file: string, options: VaultOptions, context: Context): Promise<void> {
  const wanted = readFile(file);
  const session = await openSession(options, context);
  showSigned(session, await signProfile(session, wanted), context);
}

/** What was signed, and what follows from it that somebody has to know now. */
function showSigned(session: Session, { profile, hash }: SignedProfile, context: Context): void {
  const words = profileTexts(context.language);
  const { state } = session.vault.profile(dayNow());
  // Wiping can't be taken back: said before it happens, while a hold or another profile can still stop it.
  const due = expired(session, dayNow()).length;
  if (context.asJson) {
    context.output.json({ event: 'profile-signed', hash, state, due, gaps: gapsOf(profile) });
    return;
  }
  context.output.say(words.signed(hash));
  if (state === 'expired') context.output.say(words.expiresNow);
  if (due > 0) context.output.say(words.dueNow(due));
  showGaps(profile, context);
}

export function exportCommand(file: string, folder: string, context: Context): void {
  const signed = exportProfile(Vault.open(resolve(folder)).profile(dayNow()), resolve(file));
  const fingerprint = fingerprintOf(signed);
  if (context.asJson) context.output.json({ event: 'profile-exported', hash: signed.hash, fingerprint });
  else context.output.say(profileTexts(context.language).exported(file, fingerprint));
}

export interface ImportProfileOptions extends VaultOptions {
  readonly own?: string;
  readonly fingerprint?: string;
}

/** Shows who signed a profile of elsewhere; signs it anew only once the administrator says that this is right. */
export async function importProfileCommand(
  file: string,
  options: ImportProfileOptions,
  context: Context,
): Promise<void> {
  const words = profileTexts(context.language);
  const { output } = context;
  const offered = readOffered(resolve(file));
  const { signed, fingerprint } = offered;
  const { hash, profile, signedAt } = signed;
  if (context.asJson) output.json({ event: 'profile-offered', hash, fingerprint });
  else output.say(words.offered(profile.school || words.nameless, signedAt.slice(0, 10), fingerprint));
  if (options.fingerprint === undefined) {
    output.say(words.askFingerprint);
    return;
  }
  const own = options.own === undefined ? undefined : ownValues(readFile(options.own));
  const session = await openSession(options, context);
  showSigned(session, await importProfile(session, offered, own, options.fingerprint), context);
}

/** @throws AppFailure `profile-invalid` */
function ownValues(value: unknown): OwnValues {
  const parsed = OwnValues.safeParse(value);
  if (parsed.success) return parsed.data;
  return fail({ code: 'profile-invalid', field: parsed.error.issues[0]?.path.join('.') || 'profile' });
}

export async function confirmCommand(options: VaultOptions, context: Context): Promise<void> {
  const day = dayNow();
  const { hash } = await confirmProfile(await openSession(options, context), day);
  if (context.asJson) context.output.json({ event: 'profile-confirmed', hash, on: day });
  else context.output.say(profileTexts(context.language).confirmed(day));
}
