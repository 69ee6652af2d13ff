import type { Session } from '../vault/vault.ts';
import { wipeSourceFile } from '../wipe/source.ts';
import type { OpenCase } from './open-case.ts';

export interface SourceWipe {
  readonly complete: boolean;
  /** Set when it can't be promised that nothing is left on the medium. */
  readonly unsure: boolean;
}

/** Overwrites and removes the file that a dossier was taken from. @throws AppFailure `desk-source-differs` */
export async function wipeSource(session: Session, open: OpenCase, path: string): Promise<SourceWipe> {
  await open.requireSource(path);
  const { complete, reason } = await wipeSourceFile(session, path, open.id);
  return { complete, unsure: reason !== undefined };
}
