import { randomBytes, type KeyObject } from 'node:crypto';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { argon2id } from 'hash-wasm';
import { fail } from '../../core/errors.ts';
import { valid } from '../../core/valid.ts';
import { PublicPerson, type PersonFile, type Role, type Slot } from '../../core/vault/person.ts';
import { seal, newId, unseal } from './seal.ts';
import { canonical, exportPrivate, importPrivate, newSigningPair, signText, verifyText } from './signing.ts';

/** RFC 9106 §4, second recommended option, with one lane as the WebAssembly runs one: 64 MiB, three passes. */
const KDF = { name: 'argon2id', memoryKiB: 65_536, iterations: 3, parallelism: 1 } as const;
const LEAST_CHARACTERS = 12;
const RECOVERY_GROUPS = 8;

/** What a member of staff can do once the passphrase was right. */
export interface PersonKeys {
  readonly person: PublicPerson;
  /** age X25519 identity. */
  readonly identity: string;
  readonly signingKey: KeyObject;
}

export interface NewPerson {
  readonly file: PersonFile;
  readonly keys: PersonKeys;
  /** To be printed and kept in a safe; shown once. */
  readonly recoveryCode: string | undefined;
}

export interface PersonWish {
  readonly role: Role;
  readonly name: string;
  readonly passphrase: string;
  readonly recovery: boolean;
}

/**
 * Makes a profile with keys of its own.
 * @param by who answers for it; undefined for a vault's first person, who answers for themselves
 * @throws AppFailure `passphrase-weak`
 */
export async function createPerson(wish: PersonWish, by: PersonKeys | undefined, now: Date): Promise<NewPerson> {
  // Length alone: rules on characters make passphrases that are written on paper (NIST SP 800-63B-4 §3.1.1.2).
  if ([...normal(wish.passphrase)].length < LEAST_CHARACTERS)
    fail({ code: 'passphrase-weak', least: LEAST_CHARACTERS });
  const identity = await generateIdentity();
  const signing = newSigningPair();
  const id = newId();
  const person = valid(PublicPerson, {
    version: 1,
    id,
    role: wish.role,
    name: wish.name,
    recipient: await identityToRecipient(identity),
    verifyKey: signing.verifyKey,
    addedAt: now.toISOString(),
    addedBy: by?.person.id ?? id,
  });
  const keys: PersonKeys = { person, identity, signingKey: signing.privateKey };
  const recoveryCode = wish.recovery ? newRecoveryCode() : undefined;
  const slots = [await makeSlot('passphrase', wish.passphrase, keys)];
  if (recoveryCode !== undefined) slots.push(await makeSlot('recovery', recoveryCode, keys));
  const signature = signText((by ?? keys).signingKey, canonical(person));
  return { file: { person, signature, slots }, keys, recoveryCode };
}

/** 160 random bits in groups of four letters and digits that are not mistaken for one another (RFC 4648 base32). */
function newRecoveryCode(): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const letters = [...randomBytes(RECOVERY_GROUPS * 4)].map((byte) => alphabet[byte & 31]);
  return Array.from({ length: RECOVERY_GROUPS }, (_, group) => letters.slice(group * 4, group * 4 + 4).join('')).join(
    '-',
  );
}

async function makeSlot(kind: Slot['kind'], secret: string, keys: PersonKeys): Promise<Slot> {
  const kdf = { ...KDF, salt: randomBytes(16).toString('base64') };
  const plain = Buffer.from(JSON.stringify({ identity: keys.identity, signing: exportPrivate(keys.signingKey) }));
  const sealed = seal(await derive(normal(secret), kdf), plain, canonical({ kind, person: keys.person }));
  plain.fill(0);
  return { kind, kdf, sealed: sealed.toString('base64') };
}

/** The same letters typed on another keyboard or system give the same key. */
function normal(secret: string): string {
  return secret.normalize('NFKC').trim();
}

async function derive(secret: string, kdf: Slot['kdf']): Promise<Uint8Array> {
  return argon2id({
    password: secret,
    salt: Buffer.from(kdf.salt, 'base64'),
    memorySize: kdf.memoryKiB,
    iterations: kdf.iterations,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
}

/** Opens the private keys with a passphrase or a recovery code. @throws AppFailure `passphrase-wrong` */
export async function unlockPerson(file: PersonFile, secret: string): Promise<PersonKeys> {
  const given = normal(secret);
  if (given === '') fail({ code: 'passphrase-wrong' });
  for (const slot of file.slots) {
    const typed = slot.kind === 'recovery' ? given.toUpperCase() : given;
    const key = await derive(typed, slot.kdf);
    const context = canonical({ kind: slot.kind, person: file.person });
    const plain = unseal(key, Buffer.from(slot.sealed, 'base64'), context);
    key.fill(0);
    if (!plain) continue;
    const { identity, signing }: { identity: string; signing: string } = JSON.parse(plain.toString('utf8'));
    plain.fill(0);
    return { person: file.person, identity, signingKey: importPrivate(signing) };
  }
  return fail({ code: 'passphrase-wrong' });
}

/**
 * Those whose profile is vouched for, link by link, by the vault's first person. A profile that someone
 * laid into the folder, or whose role or keys were changed, is not among them.
 * @param rootKey verify key of the first person, base64
 */
export function trustedPeople(files: readonly PersonFile[], rootKey: string): Map<string, PersonFile> {
  const trusted = new Map<string, PersonFile>();
  for (let grown = true; grown;) {
    grown = false;
    for (const file of files) {
      const { person, signature } = file;
      if (trusted.has(person.id)) continue;
      const own = person.addedBy === person.id;
      const sponsor = trusted.get(person.addedBy)?.person;
      const key =
        own && person.verifyKey === rootKey
          ? rootKey
          : sponsor?.role === 'administrator'
            ? sponsor.verifyKey
            : undefined;
      if (key === undefined || !verifyText(key, canonical(person), signature)) continue;
      trusted.set(person.id, file);
      grown = true;
    }
  }
  return trusted;
}
