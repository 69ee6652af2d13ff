import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../../core/errors.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import { realFolder, thisMachine } from '../vault/machine.ts';
import { refusalOf } from '../vault/root-rules.ts';

/**
 * A clip is left where a vault could stand, and in none: not on a desktop, a stick or in a cloud (S1, S2),
 * on the machine's own disk only where the school allows a vault there.
 * @returns the folder as it really lies
 * @throws AppFailure `output-folder-missing`, `export-place-refused`
 */
export async function exportPlace(to: string, { vaults }: Pick<SchoolProfile, 'vaults'>): Promise<string> {
  if (!existsSync(to) || !statSync(to).isDirectory()) fail({ code: 'output-folder-missing' });
  const folder = await realFolder(resolve(to), thisMachine());
  if (liesInVault(folder)) fail({ code: 'export-place-refused', reason: 'in-vault' });
  const reason = await refusalOf(to, { allowLocal: vaults.place === 'local' });
  if (reason !== undefined) fail({ code: 'export-place-refused', reason });
  return folder;
}

/** In this one or in another. */
function liesInVault(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'vault.json'))) return true;
    if (dirname(at) === at) return false;
  }
}
