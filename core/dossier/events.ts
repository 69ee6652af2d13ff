import { z } from 'zod';
import { SourceKind } from '../audit/entry.ts';
import { Decisions } from '../decision/decisions.ts';
import { Id } from '../vault/person.ts';
import { Intake } from './intake.ts';

/** What was taken in. */
export const ImportFacts = z.strictObject({
  /** The user's own words for it, such as "2V wiskunde, breuken". */
  label: z.string().max(80),
  source: SourceKind,
  recordedOn: z.iso.date(),
  bytes: z.number().int().positive(),
  milliseconds: z.number().int().nonnegative(),
  hmac: z.string(),
  /** Of the file, where only a fragment of it was taken in. */
  sourceHmac: z.string().optional(),
});
export type ImportFacts = z.infer<typeof ImportFacts>;

/** How an objection was met: camera placement or seat (B4, B5), cut (B6), or masked like everybody. */
export const Resolution = z.enum(['out-of-view', 'cut', 'masked']);
export type Resolution = z.infer<typeof Resolution>;

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What happened to one recording and only those with access may know; sealed, and never altered. */
export const DossierEvent = z.discriminatedUnion('event', [
  ImportFacts.extend({ event: z.literal('imported') }),
  z.strictObject({ event: z.literal('opened'), intake: Intake }),
  z.strictObject({ event: z.literal('decided'), decisions: Decisions }),
  z.strictObject({ event: z.literal('resolved'), resolutions: z.record(z.string().max(40), Resolution) }),
  z.strictObject({ event: z.literal('rendered'), sha256: z.string(), quality: z.enum(['fast', 'careful']) }),
  z.strictObject({ event: z.literal('handed-in'), sha256: Digest, to: Id }),
]);
export type DossierEvent = z.infer<typeof DossierEvent>;

export interface DossierState extends ImportFacts {
  readonly intake: Intake | undefined;
  readonly decisions: Decisions | undefined;
  /** By pseudonym of the pupil who objects. */
  readonly resolutions: Readonly<Record<string, Resolution>>;
  /** Of the clip that was made last, hex; decisions taken since make it out of date. */
  readonly clip: string | undefined;
  /** To whom the present clip was given for review; any later change takes it back. */
  readonly handedIn: { readonly sha256: string; readonly to: string } | undefined;
}

/** @returns undefined when it does not begin with an import */
export function stateOf(events: readonly DossierEvent[]): DossierState | undefined {
  let state: DossierState | undefined;
  for (const event of events) {
    if (event.event === 'imported') {
      const none = { intake: undefined, decisions: undefined, clip: undefined, handedIn: undefined };
      state ??= { ...event, ...none, resolutions: {} };
    } else if (!state) return undefined;
    else state = after(state, event);
  }
  return state;
}

function after(state: DossierState, event: Exclude<DossierEvent, { event: 'imported' }>): DossierState {
  switch (event.event) {
    case 'opened':
      return { ...state, intake: event.intake, handedIn: undefined };
    case 'decided':
      return { ...state, decisions: event.decisions, clip: undefined, handedIn: undefined };
    case 'resolved':
      return { ...state, resolutions: event.resolutions, handedIn: undefined };
    case 'rendered':
      return { ...state, clip: event.sha256, handedIn: undefined };
    case 'handed-in':
      // Of a clip that is not there any more, nothing can be in review.
      return event.sha256 === state.clip ? { ...state, handedIn: { sha256: event.sha256, to: event.to } } : state;
  }
}
