import type { Portal } from '../profile/profile.ts';
import type { Credentials } from './credentials.ts';
import type { DeliveryPlan, DeliveryReason, JournalLine } from './journal.ts';
import type { Place } from './place.ts';
import type { Found, Parcel } from './portal.ts';

/** What a delivery asks of those who start it. */
export interface DeliveryPorts {
  /** What was written of it so far; begins with the plan. */
  readonly lines: readonly JournalLine[];
  /** On the disk when it returns. */
  readonly write: (line: JournalLine) => void;
  readonly now: () => Date;
  /** 0..1 */
  readonly random: () => number;
  /** @throws when the signal is aborted meanwhile */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Bytes that were read for sending; the far end may have fewer. */
  readonly onRead?: (bytes: number) => void;
  readonly onChecking?: () => void;
  /** It went wrong, and is tried again after so many milliseconds. */
  readonly onWaiting?: (reason: DeliveryReason, milliseconds: number) => void;
  /** Something is about to be laid there, for the first time or again. @throws DeliveryFailure where it may not */
  readonly onSending: () => Promise<void>;
  /** It lies there and is right. May be called again after a crash. */
  readonly onChecked: (receipt: string) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

export type Outcome =
  { readonly ok: true; readonly receipt: string } | { readonly ok: false; readonly reason: DeliveryReason };

/** What a sending must remember that nobody else may read; sealed, and on the disk when writing returns. */
export interface Memory {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

/** How one parcel reaches its target. */
export interface Way {
  /** From the signed profile: no other host is ever spoken to. Undefined: it names this target no more. */
  readonly target: Portal | undefined;
  readonly place: Place;
  /** Of whoever sends; undefined for a folder. */
  readonly credentials: Credentials | undefined;
  readonly memory: Memory;
}

/** A place at a target that a person may choose. */
export interface PlaceOffer {
  readonly place: Place;
  /** What the target calls it. Shown, and written nowhere. */
  readonly label: string;
}

/**
 * Who takes parcels out. The engine opens the gate and hands them over; it knows neither portals nor network
 * (law 7), and a carrier knows neither vault nor keys.
 */
export interface Carrier {
  deliver(parcel: Parcel, way: Way, ports: DeliveryPorts): Promise<Outcome>;
  /** Whether it lies there, without sending anything. @throws DeliveryFailure */
  find(plan: DeliveryPlan, way: Way): Promise<Found>;
  /** @throws DeliveryFailure */
  takeBack(plan: DeliveryPlan, receipt: string, way: Way): Promise<'gone' | 'not-there' | 'cannot'>;
  /**
   * Where this person may hand in, as the target says; nothing where a place is written, not chosen.
   * @throws DeliveryFailure also when the credentials are not taken
   */
  places(target: Portal, credentials: Credentials): Promise<readonly PlaceOffer[]>;
}
