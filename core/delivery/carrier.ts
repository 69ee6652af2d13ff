import type { DeliveryPlan, DeliveryReason, JournalLine } from './journal.ts';
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
  /** It lies there and is right. May be called again after a crash. */
  readonly onChecked: (receipt: string) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

export type Outcome =
  { readonly ok: true; readonly receipt: string } | { readonly ok: false; readonly reason: DeliveryReason };

/**
 * Who takes parcels out. The engine opens the gate and hands them over; it knows neither portals nor network
 * (law 7), and a carrier knows neither vault nor keys.
 */
export interface Carrier {
  /** @param to where the person wants them, for a target that a person brings them to */
  deliver(parcel: Parcel, to: string, ports: DeliveryPorts): Promise<Outcome>;
  /** Whether it lies there, without sending anything. @throws DeliveryFailure */
  find(plan: DeliveryPlan, to: string): Promise<Found>;
  takeBack(plan: DeliveryPlan, receipt: string, to: string): Promise<'gone' | 'not-there' | 'cannot'>;
}
