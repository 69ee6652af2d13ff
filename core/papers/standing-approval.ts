import { courseOf } from '../dossier/course.ts';
import type { DossierLog, Line } from './dossier-log.ts';
import { sealedPart, type RecordSource } from './record-source.ts';

/**
 * The approval that counts: where the dossier is there, the one that was held against its bytes; where only
 * the log speaks, the last one that nothing came after and that no maker of the clip gave (M3).
 */
export function standingApproval(log: DossierLog, source: RecordSource): Line<'approved'> | undefined {
  const { approved, makers, clip } = courseOf(log.entries, source.dossier);
  const line = log
    .of('approved')
    .findLast(({ by, what }) => what.approval === approved?.approval && by === approved.by);
  if (!line || makers.has(line.by)) return undefined;
  const sealed = sealedPart(source);
  if (!sealed) return clip === line.what.sha256 ? line : undefined;
  const { approval } = sealed;
  return approval?.by === line.by && approval.clip === line.what.sha256 ? line : undefined;
}
