import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { AppFailure, fail } from '../../core/errors.ts';
import type { PublicPerson } from '../../core/vault/person.ts';
import { readKeyFile, requireKeyPlace, writeKeyFile } from './key-file.ts';
import { Vault, type Session } from './vault.ts';

/** Bytes of chance in a passphrase that nobody has to remember. */
const PASSPHRASE_BYTES = 32;

/**
 * Makes a machine's account, which wipes what a term demands without anybody being there. It holds the key of
 * the epochs, which a wipe renews, and is on no recording's access list: what it can do is destroy, not see.
 * @throws AppFailure `act-not-allowed`, `key-file-refused`, `key-file-exists`, `output-folder-missing`
 */
export async function addCaretaker(session: Session, keyFile: string, name: string): Promise<PublicPerson> {
  session.require('add-person');
  await requireKeyPlace(keyFile, session.vault.root);
  const passphrase = randomBytes(PASSPHRASE_BYTES).toString('base64url');
  let written = false;
  try {
    const made = await session.addPerson(
      { role: 'caretaker', name, passphrase, recovery: false },
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

/**
 * Opens a vault with the caretaker's key.
 * @throws AppFailure `daily-vault-away`, `key-file-…`, `person-unknown`, `passphrase-wrong`
 */
export async function enterAsCaretaker(root: string, keyFile: string): Promise<Session> {
  const key = readKeyFile(keyFile);
  const vault = openOrAway(root);
  if (vault.id !== key.vault) fail({ code: 'key-file-other-vault' });
  const session = await vault.unlock(key.person, key.passphrase);
  const { role } = session.keys.person;
  // A passphrase of a person has no business in a file.
  return role === 'caretaker' ? session : fail({ code: 'key-file-invalid' });
}

function openOrAway(root: string): Vault {
  try {
    return Vault.open(root);
  } catch (error) {
    if (error instanceof AppFailure && error.error.code === 'vault-missing') fail({ code: 'daily-vault-away' });
    throw error;
  }
}
