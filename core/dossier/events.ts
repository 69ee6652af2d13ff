import { z } from 'zod';
import { SourceKind } from '../audit/entry.ts';
import { Decisions } from '../decision/decisions.ts';

/** What was taken in. */
export const ImportFacts = z.strictObject({
  /** The user's own words for it, such as "2V wiskunde, breuken". */
  label: z.string().max(80),
  source: SourceKind,
  recordedOn: z.iso.date(),
  bytes: z.number().int().positive(),
  milliseconds: z.number().int().nonnegative(),
  hmac: z.string(),
});
export type ImportFacts = z.infer<typeof ImportFacts>;

/** What happened to one recording and only those with access may know; sealed, and never altered. */
export const DossierEvent = z.discriminatedUnion('event', [
  ImportFacts.extend({ event: z.literal('imported') }),
  z.strictObject({ event: z.literal('decided'), decisions: Decisions }),
  z.strictObject({ event: z.literal('rendered'), sha256: z.string(), quality: z.enum(['fast', 'careful']) }),
]);
export type DossierEvent = z.infer<typeof DossierEvent>;

export interface DossierState extends ImportFacts {
  readonly decisions: Decisions | undefined;
  /** Of the clip that was made last, hex; decisions taken since make it out of date. */
  readonly clip: string | undefined;
}

/** @returns undefined when it does not begin with an import */
export function stateOf(events: readonly DossierEvent[]): DossierState | undefined {
  let state: DossierState | undefined;
  for (const event of events) {
    if (event.event === 'imported') {
      state ??= { ...event, decisions: undefined, clip: undefined };
    } else if (!state) return undefined;
    else if (event.event === 'decided') state = { ...state, decisions: event.decisions, clip: undefined };
    else state = { ...state, clip: event.sha256 };
  }
  return state;
}
