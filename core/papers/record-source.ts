import type { AuditEntry } from '../audit/entry.ts';
import type { DossierState } from '../dossier/events.ts';
import type { Approval } from '../review/assessment.ts';
import type { Role } from '../vault/person.ts';

/** What only the recording's key opens. */
export interface SealedPart {
  readonly state: DossierState;
  /** The approval that stands for the bytes that are there now: signature, log and digests were looked at. */
  readonly approval: Approval | undefined;
  /** Of the resolutions as they stand, as the log names them. */
  readonly resolutions: string;
}

/** All that the record of a dossier is made from. */
export interface RecordSource {
  readonly vault: string;
  readonly dossier: string;
  /** The whole log, held against itself. */
  readonly entries: readonly AuditEntry[];
  /** Staff, by id. */
  readonly people: ReadonlyMap<string, { readonly name: string; readonly role: Role }>;
  /** `gone`: the key was destroyed. `no-key`: whoever asks never had it. Then only the log speaks. */
  readonly sealed: SealedPart | 'gone' | 'no-key';
  /** ISO 8601, UTC. */
  readonly madeAt: string;
}

/** Undefined where only the log speaks. */
export function sealedPart({ sealed }: RecordSource): SealedPart | undefined {
  return typeof sealed === 'string' ? undefined : sealed;
}
