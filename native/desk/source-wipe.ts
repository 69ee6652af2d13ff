import { wipeFile } from '../disk/overwrite.ts';
import { probeStorage } from '../disk/storage.ts';
import type { Session } from '../vault/vault.ts';
import type { OpenCase } from './open-case.ts';

export interface SourceWipe {
  readonly complete: boolean;
  /** Set when it can't be promised that nothing is left on the medium. */
  readonly unsure: boolean;
}

/** Overwrites and removes the file that a dossier was taken from. @throws AppFailure `desk-source-differs` */
export async function wipeSource(session: Session, open: OpenCase, path: string): Promise<SourceWipe> {
  await open.requireSource(path);
  const { id: dossier } = open;
  const storage = await probeStorage(path);
  await session.noteAlone({ event: 'source-wipe-begun', dossier });
  const { complete, steps } = await wipeFile(path);
  const reason = steps.find(({ done }) => !done)?.reason ?? 'unknown';
  await session.noteAlone({ event: 'source-wiped', dossier, complete, ...(complete ? {} : { reason }) });
  return { complete, unsure: storage.overwriteReliable === 'no' || storage.medium !== 'disk' };
}
