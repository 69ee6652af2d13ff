import { AppFailure, fail } from '../../core/errors.ts';
import type { PublicPerson } from '../../core/vault/person.ts';
import { readKeyFile } from './key-file.ts';
import { addMachine, enterAsMachine } from './machine-account.ts';
import { Vault, type Session } from './vault.ts';

/**
 * Makes the account of a machine which wipes what a term demands without anybody being there. It holds the key of
 * the epochs, which a wipe renews, and is on no recording's access list: what it can do is destroy, not see.
 * @throws AppFailure `act-not-allowed`, `key-file-refused`, `key-file-exists`, `output-folder-missing`
 */
export function addCaretaker(session: Session, keyFile: string, name: string): Promise<PublicPerson> {
  return addMachine(session, 'caretaker', keyFile, name);
}

/**
 * Opens a vault with the caretaker's key.
 * @throws AppFailure `daily-vault-away`, `key-file-…`, `person-unknown`, `passphrase-wrong`
 */
export async function enterAsCaretaker(root: string, keyFile: string): Promise<Session> {
  // First: a key that is not right is told also while the vault is away.
  readKeyFile(keyFile);
  return enterAsMachine(openOrAway(root), keyFile, 'caretaker');
}

function openOrAway(root: string): Vault {
  try {
    return Vault.open(root);
  } catch (error) {
    if (error instanceof AppFailure && error.error.code === 'vault-missing') fail({ code: 'daily-vault-away' });
    throw error;
  }
}
