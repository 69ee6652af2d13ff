import { z } from 'zod';
import { Platform } from '../profile/profile.ts';
import { Id } from '../vault/person.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.iso.date();
/** What a far end calls something; no room in it for a name, an address or a secret (law 8). */
export const Handle = z.string().regex(/^[A-Za-z0-9._:-]{1,120}$/);

/** Why a delivery waits, or came to nothing. */
export const DeliveryReason = z.enum([
  'cancelled',
  'unreachable',
  'busy',
  'refused',
  'not-trusted',
  'proxy-refuses',
  'signed-out',
  'not-allowed',
  'place-missing',
  'too-large',
  'host-refused',
  'not-understood',
  'disk-full',
  'not-writable',
  'differs',
  'clip-changed',
  'gate-closed',
  'outcome-unknown',
]);
export type DeliveryReason = z.infer<typeof DeliveryReason>;

/** Somebody objected, or the clip is not the approved one any more: what was sent of it is taken away. */
export const WITHDRAWN: ReadonlySet<DeliveryReason> = new Set(['gate-closed', 'clip-changed']);

/** A receipt that a portal gave to a person: a number with a few letters, not what someone is called. */
export const ReceiptNumber = z.string().regex(/^(?=.*\d)[A-Za-z0-9-]{1,40}$/);

/** One clip for one target. Nothing of it changes any more. */
export const DeliveryPlan = z.strictObject({
  delivery: Id,
  dossier: Id,
  /** Of the clip's bytes, and how many there are. */
  sha256: Digest,
  size: z.number().int().positive(),
  /** Digest of the approval under which it leaves. */
  approval: Digest,
  target: z.string().regex(/^[a-z0-9-]{1,24}$/),
  platform: Platform,
  /** Random: what the clip is called at the far end. */
  name: z.string().regex(/^[0-9a-f]{16}\.mp4$/),
  pageReadOn: day,
  /**
   * Who began it, and at which host, where a portal shows each person their own: somebody else, or the same person
   * somewhere else, can't tell what lies there. Undefined for a folder.
   */
  asked: z.strictObject({ by: Id, host: z.string().max(120) }).optional(),
});
export type DeliveryPlan = z.infer<typeof DeliveryPlan>;

const at = z.iso.datetime();

const busy = { state: z.literal('busy'), at };

const BusyLine = z.discriminatedUnion('doing', [
  z.strictObject({ ...busy, doing: z.enum(['prepare', 'find', 'take-away']) }),
  /** The far end is ready to take it, and calls that by this name. */
  z.strictObject({ ...busy, doing: z.literal('send'), session: Handle }),
  /** It took so many bytes of it for certain. */
  z.strictObject({ ...busy, doing: z.literal('sent'), bytes: z.number().int().positive() }),
]);

/**
 * What is about to be done, on the disk before it is done; and what was found. After a crash the last line
 * tells how far it may have come, never more.
 */
export const JournalLine = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('waiting'), at, plan: DeliveryPlan }),
  BusyLine,
  /** `milliseconds`: how long until the next try. */
  z.strictObject({
    state: z.literal('paused'),
    at,
    reason: DeliveryReason,
    milliseconds: z.number().int().nonnegative(),
  }),
  z.strictObject({ state: z.literal('delivered'), at, receipt: Handle }),
  z.strictObject({ state: z.literal('checked'), at }),
  z.strictObject({ state: z.literal('done'), at }),
  z.strictObject({ state: z.literal('failed'), at, reason: DeliveryReason }),
  /** Handed in at the portal by a person, with what it answered. */
  z.strictObject({ state: z.literal('handed-in'), at, number: ReceiptNumber, on: day }),
  z.strictObject({ state: z.literal('taken-back'), at, how: z.enum(['portal', 'attested']) }),
]);
export type JournalLine = z.infer<typeof JournalLine>;

/** What a delivery has come to. */
export interface DeliveryState {
  readonly plan: DeliveryPlan;
  readonly begunAt: string;
  readonly state: 'waiting' | 'busy' | 'paused' | 'delivered' | 'checked' | 'done' | 'failed';
  readonly reason: DeliveryReason | undefined;
  /** What the far end called the sending that was begun last, and how much of it it took for certain. */
  readonly session: string | undefined;
  readonly sent: number;
  readonly receipt: string | undefined;
  /** When it was done; undefined until then. */
  readonly doneAt: string | undefined;
  readonly handedIn: { readonly number: string; readonly on: string } | undefined;
  readonly takenBack: 'portal' | 'attested' | undefined;
}

/** @returns undefined when it does not begin with a plan */
export function deliveryOf(lines: readonly JournalLine[]): DeliveryState | undefined {
  const [first, ...rest] = lines;
  if (first?.state !== 'waiting') return undefined;
  const nothing = { reason: undefined, session: undefined, sent: 0, receipt: undefined, doneAt: undefined };
  const begun = {
    plan: first.plan,
    begunAt: first.at,
    state: first.state,
    ...nothing,
    handedIn: undefined,
    takenBack: undefined,
  };
  return rest.reduce<DeliveryState>(after, begun);
}

function after(known: DeliveryState, line: JournalLine): DeliveryState {
  switch (line.state) {
    case 'waiting':
      return known;
    case 'busy': {
      const { state } = line;
      if (line.doing === 'send')
        return { ...known, state, session: line.session, sent: line.session === known.session ? known.sent : 0 };
      return line.doing === 'sent' ? { ...known, state, sent: line.bytes } : { ...known, state };
    }
    case 'paused':
    case 'failed':
      return { ...known, state: line.state, reason: line.reason };
    case 'delivered':
      return { ...known, state: line.state, receipt: line.receipt };
    case 'checked':
      return { ...known, state: line.state };
    case 'done':
      return { ...known, state: line.state, reason: undefined, doneAt: line.at };
    case 'handed-in':
      return { ...known, handedIn: { number: line.number, on: line.on } };
    case 'taken-back':
      return { ...known, takenBack: line.how };
  }
}
