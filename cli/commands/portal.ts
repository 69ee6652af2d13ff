import { readFileSync } from 'node:fs';
import type { Credentials } from '../../core/delivery/credentials.ts';
import { placeText } from '../../core/delivery/place.ts';
import { fail } from '../../core/errors.ts';
import { dayNow } from '../../native/day.ts';
import { forgetCredentials, targetNamed, targetsWithCredentials } from '../../native/delivery/credentials.ts';
import { placesOf, signIn } from '../../native/delivery/sign-in.ts';
import { rememberedOf } from '../../native/delivery/way.ts';
import { carrier } from '../../portals/carrier.ts';
import { passwordOf } from '../../portals/filesender/filesender-portal.ts';
import type { Context } from '../context.ts';
import { secretTyped } from '../passphrase.ts';
import { portalTexts } from '../words/portal-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface LoginOptions extends VaultOptions {
  readonly user?: string;
  readonly key?: string;
}

/** The targets of the signed profile, and to which of them this person is signed in. */
export async function listPortals(options: VaultOptions, context: Context): Promise<void> {
  const words = portalTexts(context.language);
  const session = await openSession(options, context);
  const known = session.vault.profile(dayNow());
  const targets = known.state === 'unsigned' ? [] : known.signed.profile.portals;
  const signedIn = new Set(targetsWithCredentials(session));
  if (targets.length === 0 && !context.asJson) context.output.say(words.none);
  for (const { id, name, platform, host } of targets) {
    const mine = signedIn.has(id);
    if (context.asJson) context.output.json({ event: 'target', id, name, platform, host, signedIn: mine });
    else context.output.say(words.line(id, name, platform, host, mine));
  }
}

/** Tries what a person gives at the target, and keeps it, sealed for that person. */
export async function loginCommand(target: string, options: LoginOptions, context: Context): Promise<void> {
  const words = portalTexts(context.language);
  const session = await openSession(options, context);
  const platform = (targetNamed(session, target) ?? fail({ code: 'target-unknown', target })).platform;
  const secret = options.key === undefined ? await secretTyped(words.askSecret(target)) : keyIn(options.key);
  const { user = '' } = options;
  const credentials: Credentials =
    platform === 'canvas' || platform === 'brightspace'
      ? { kind: 'token', token: secret.trim() }
      : options.key === undefined
        ? { kind: 'password', user, password: secret }
        : { kind: 'key', user, privateKey: secret };
  await signIn(session, target, credentials, carrier);
  if (context.asJson) context.output.json({ event: 'signed-in', target });
  else context.output.say(words.signedIn(target));
}

/** @throws AppFailure `credentials-invalid` */
function keyIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fail({ code: 'credentials-invalid' });
  }
}

export async function logoutCommand(target: string, options: VaultOptions, context: Context): Promise<void> {
  const words = portalTexts(context.language);
  const session = await openSession(options, context);
  const gone = forgetCredentials(session, target);
  if (context.asJson) context.output.json({ event: 'signed-out', target, gone });
  else context.output.say(gone ? words.signedOut(target) : words.wasNot(target));
}

export async function placesCommand(target: string, options: VaultOptions, context: Context): Promise<void> {
  const words = portalTexts(context.language);
  const session = await openSession(options, context);
  const offers = await placesOf(session, target, carrier);
  if (offers.length === 0 && !context.asJson) context.output.say(words.noPlaces(target));
  for (const { place, label } of offers) {
    if (context.asJson) context.output.json({ event: 'place', target, place: placeText(place), label });
    else context.output.say(words.place(placeText(place), label));
  }
}

/** The password of an encrypted transfer, for whoever sent it. */
export async function passwordCommand(delivery: string, options: VaultOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  const remembered = /^[0-9a-f]+$/.test(delivery) ? await rememberedOf(session, delivery) : undefined;
  const password = remembered === undefined ? undefined : passwordOf(remembered);
  if (password === undefined) fail({ code: 'no-password', delivery });
  if (context.asJson) context.output.json({ event: 'password', delivery, password });
  else context.output.say(portalTexts(context.language).password(password));
}
