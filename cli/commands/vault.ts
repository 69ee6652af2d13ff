import { resolve } from 'node:path';
import { clockIsPlausible } from '../../core/retention/terms.ts';
import type { StaffRole } from '../../core/vault/person.ts';
import { refreshSheets } from '../../native/register/registers.ts';
import { Vault, type Session } from '../../native/vault/vault.ts';
import { expired, recover, wipeExpired } from '../../native/wipe/recover.ts';
import type { Context } from '../context.ts';
import { newPassphrase, withPassphrase } from '../passphrase.ts';
import { dayNow } from '../../native/day.ts';
import { vaultTexts } from '../words/vault-texts.ts';

/** What every command inside a vault is told. */
export interface VaultOptions {
  readonly vault: string;
  readonly as: string;
}

/** Opens a vault for someone, and first puts right what a crash left in it. */
export async function openSession(options: VaultOptions, context: Context): Promise<Session> {
  const words = vaultTexts(context.language);
  const vault = Vault.open(resolve(options.vault));
  const session = await withPassphrase(words.askPassphrase, (passphrase) => vault.unlock(options.as, passphrase));
  const { wipes, failed } = await recover(session);
  if (wipes.length > 0) context.output.say(words.recovered(wipes.length));
  for (const dossier of failed) context.output.say(words.notRecovered(dossier));
  await keepToTerms(session, context);
  return session;
}

/** R1: what is past its term goes when the vault is opened; there is no "later". */
async function keepToTerms(session: Session, context: Context): Promise<void> {
  const words = vaultTexts(context.language);
  const today = dayNow();
  if (clockIsPlausible(session.entries(), today)) {
    const { wipes, failed } = await wipeExpired(session, today);
    for (const dossier of failed) context.output.say(words.notRecovered(dossier));
    for (const { dossier, complete } of wipes)
      context.output.say(complete ? words.wiped(dossier) : words.partlyWiped(dossier));
  } else if (expired(session, today).length > 0) context.output.say(words.clockAhead(today));
}

export interface InitOptions {
  readonly name: string;
  readonly allowLocal?: boolean;
  readonly recovery?: boolean;
}

/** Makes a vault and its first person. */
export async function initVault(folder: string, options: InitOptions, context: Context): Promise<void> {
  const words = vaultTexts(context.language);
  const { output } = context;
  const passphrase = await newPassphrase(words.askNewPassphrase(options.name), words.askAgain);
  const root = resolve(folder);
  const wish = { name: options.name, passphrase, recovery: options.recovery === true };
  const where = { allowLocal: options.allowLocal === true, now: new Date() };
  const { vault, session, recoveryCode, storage } = await Vault.init(root, wish, where);
  const { id, role, name } = session.keys.person;
  if (context.asJson) {
    output.json({ event: 'vault', vault: vault.id, person: id, recoveryCode, storage });
    return;
  }
  output.say(words.made(vault.id));
  output.say(words.storage(storage.fileSystem, storage.medium, storage.snapshots));
  if (storage.overwriteReliable === 'no') output.say(words.ssd);
  output.say(words.added(name, words.roles[role], id));
  if (recoveryCode !== undefined) output.say(words.recovery(recoveryCode));
}

export interface PersonOptions extends VaultOptions {
  readonly role: StaffRole;
  readonly name: string;
  readonly recovery?: boolean;
}

export async function addPerson(options: PersonOptions, context: Context): Promise<void> {
  const words = vaultTexts(context.language);
  const session = await openSession(options, context);
  session.require('add-person');
  const passphrase = await newPassphrase(words.askNewPassphrase(options.name), words.askAgain);
  const { role, name } = options;
  const { keys, recoveryCode } = await session.addPerson({
    role,
    name,
    passphrase,
    recovery: options.recovery === true,
  });
  await refreshSheets(session);
  if (context.asJson) context.output.json({ event: 'person', person: keys.person.id, role, recoveryCode });
  else {
    context.output.say(words.added(name, words.roles[role], keys.person.id));
    if (recoveryCode !== undefined) context.output.say(words.recovery(recoveryCode));
  }
}

export function listPeople(folder: string, context: Context): void {
  const words = vaultTexts(context.language);
  for (const { person } of Vault.open(resolve(folder)).people().values()) {
    const { id, role, name } = person;
    if (context.asJson) context.output.json({ event: 'person', person: id, role, name });
    else context.output.say(`${id}  ${name}  ${words.roles[role]}`);
  }
}
