import { wipeFile } from '../disk/overwrite.ts';
import { probeStorage, type StorageFacts } from '../disk/storage.ts';
import type { Session } from '../vault/vault.ts';

/** What became of a file outside the vault. */
export interface SourceWiped {
  readonly complete: boolean;
  /** Why not; and where it was complete, why nobody can promise that nothing is left. */
  readonly reason: string | undefined;
  readonly storage: StorageFacts;
}

/**
 * Overwrites and removes a file that a recording was taken from, and notes what that is worth: what can't be
 * promised of its medium stays with people as a task.
 * @param session undefined where there is no log to note it in
 */
export async function wipeSourceFile(
  session: Session | undefined,
  path: string,
  dossier: string | undefined,
): Promise<SourceWiped> {
  const storage = await probeStorage(path);
  const about = dossier === undefined ? {} : { dossier };
  await session?.noteAlone({ event: 'source-wipe-begun', ...about });
  const { complete, steps } = await wipeFile(path);
  const reason = complete ? doubtOf(storage) : (steps.find(({ done }) => !done)?.reason ?? 'unknown');
  const why = reason === undefined ? {} : { reason };
  await session?.noteAlone({ event: 'source-wiped', ...about, complete, ...why });
  return { complete, reason, storage };
}

function doubtOf({ overwriteReliable, medium, removable }: StorageFacts): string | undefined {
  if (removable === true) return 'medium-removable';
  const sure = removable === false && overwriteReliable !== 'no' && medium === 'disk';
  return sure ? undefined : 'medium-unsure';
}
