import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { fail } from '../../core/errors.ts';
import type { PublicPerson, Role, StaffRole } from '../../core/vault/person.ts';
import { readKeyFile, requireKeyPlace, writeKeyFile } from './key-file.ts';
import type { Session, Vault } from './vault.ts';

/** Bytes of chance in a passphrase that nobody has to remember. */
const PASSPHRASE_BYTES = 32;

/** Roles of accounts that are of nobody. */
export type MachineRole = Exclude<Role, StaffRole>;

/**
 * Makes a machine's account, whose key lies in a file.
 * @throws AppFailure `act-not-allowed`, `key-file-refused`, `key-file-exists`, `output-folder-missing`
 */
export async function addMachine(
  session: Session,
  role: MachineRole,
  keyFile: string,
  name: string,
): Promise<PublicPerson> {
  session.require('add-person');
  await requireKeyPlace(keyFile, session.vault.root);
  const passphrase = randomBytes(PASSPHRASE_BYTES).toString('base64url');
  let written = false;
  try {
    const made = await session.addPerson(
      { role, name, passphrase, recovery: false },
      // Before the vault knows of it: an account whose key was never kept could not be taken away again.
      ({ keys }) => {
        writeKeyFile(keyFile, { version: 1, vault: session.vault.id, person: keys.person.id, passphrase });
        written = true;
      },
    );
    return made.keys.person;
  } catch (error) {
    if (written && !isKnown(session, keyFile)) rmSync(keyFile, { force: true });
    throw error;
  }
}

function isKnown(session: Session, keyFile: string): boolean {
  return session.vault.people().has(readKeyFile(keyFile).person);
}

/** @throws AppFailure `key-file-…`, `person-unknown`, `passphrase-wrong` */
export async function enterAsMachine(vault: Vault, keyFile: string, role: MachineRole): Promise<Session> {
  const key = readKeyFile(keyFile);
  if (vault.id !== key.vault) fail({ code: 'key-file-other-vault' });
  const session = await vault.unlock(key.person, key.passphrase);
  // A passphrase of a person has no business in a file.
  return session.keys.person.role === role ? session : fail({ code: 'key-file-invalid' });
}
