import type { AuditEvent } from '../audit/entry.ts';
import type { DossierLog, Line } from './dossier-log.ts';
import { sealedPart, type RecordSource } from './record-source.ts';

/** Whatever comes after an approval and changes or takes back what was approved. */
export const VOIDS: readonly AuditEvent['event'][] = [
  'decided',
  'analysed',
  'rendered',
  'resolved',
  'reopened',
  'handed-in',
  'sent-back',
  'rejected',
];
const MAKING: ReadonlySet<AuditEvent['event']> = new Set(['imported', 'analysed', 'decided', 'rendered']);

/**
 * The approval that counts: where the dossier is there, the one that was held against its bytes; where only
 * the log speaks, the last one that nothing came after and that no maker of the clip gave (M3).
 */
export function standingApproval(log: DossierLog, source: RecordSource): Line<'approved'> | undefined {
  const line = log.last('approved');
  if (!line || log.since(line, VOIDS)) return undefined;
  if (log.lines.some(({ by, what }) => by === line.by && MAKING.has(what.event))) return undefined;
  const sealed = sealedPart(source);
  if (!sealed) return log.last('rendered')?.what.sha256 === line.what.sha256 ? line : undefined;
  const { approval } = sealed;
  return approval?.by === line.by && approval.clip === line.what.sha256 ? line : undefined;
}
