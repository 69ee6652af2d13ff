import type { AuditEntry, AuditEvent } from '../audit/entry.ts';

type About<E extends AuditEvent['event']> = Extract<AuditEvent, { event: E }>;

/** A line of the log, with what it says narrowed down. */
export type Line<E extends AuditEvent['event'] = AuditEvent['event']> = Omit<AuditEntry, 'what'> & {
  readonly what: About<E>;
};

/** What the log says of one dossier, in its order. */
export class DossierLog {
  readonly lines: readonly Line[];

  /** @param entries the whole log, held against itself by the caller */
  constructor(
    readonly entries: readonly AuditEntry[],
    dossier: string,
  ) {
    this.lines = entries.filter(({ what }) => 'dossier' in what && what.dossier === dossier);
  }

  of<E extends AuditEvent['event']>(event: E): Line<E>[] {
    return this.lines.filter((line): line is Line<E> => line.what.event === event);
  }

  last<E extends AuditEvent['event']>(event: E): Line<E> | undefined {
    return this.of(event).at(-1);
  }

  /** Whether one of these came after a line. */
  since({ seq }: Pick<AuditEntry, 'seq'>, events: readonly AuditEvent['event'][]): boolean {
    return this.lines.some((line) => line.seq > seq && events.includes(line.what.event));
  }

  /** Hash of the profile that stood when a line was written. */
  profileAt({ seq }: Pick<AuditEntry, 'seq'>): string | undefined {
    const before = this.entries.findLast(({ what, seq: own }) => own < seq && what.event === 'profile-signed');
    return before?.what.event === 'profile-signed' ? before.what.hash : undefined;
  }
}
