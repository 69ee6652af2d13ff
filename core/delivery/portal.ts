import type { DeliveryPlan, DeliveryReason } from './journal.ts';

/** A small file that goes along with a clip: manifest, digests, signature. */
export interface Paper {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What is delivered. */
export interface Parcel extends DeliveryPlan {
  /** Made when they are asked for: they name the newest place in the log. */
  readonly papers: () => Promise<readonly Paper[]>;
  /**
   * The clip's bytes from a place on, in pieces. All of them are read and hashed, also those before that place;
   * at their end, when they are not the approved ones or the gate was closed meanwhile, it throws
   * {@link DeliveryFailure}: whoever sends must not make anything final before it has ended.
   */
  readonly content: (from: number) => AsyncIterable<Uint8Array>;
}

/** What lies at the far end of a parcel: nothing, a part that can be gone on with, or all of it. */
export type Found =
  | { readonly there: 'nothing' }
  | { readonly there: 'part'; readonly session: string; readonly bytes: number }
  | { readonly there: 'whole'; readonly receipt: string };

/** What a sending that was begun earlier is known by. */
export interface Earlier {
  /** As {@link Portal.prepare} gave it; undefined: nothing was begun. */
  readonly session: string | undefined;
  /** Bytes that the journal says were taken: for far ends that can't tell. */
  readonly sent: number;
}

export interface Sending {
  readonly session: string;
  /** Bytes that need not be sent again. */
  readonly from: number;
  /** To be awaited after each piece that the far end has taken for certain. */
  readonly onTaken: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** What was read back; a digest only where the far end can give it, or the bytes. */
export interface ReadBack {
  readonly size: number;
  readonly sha256: string | undefined;
}

/**
 * A way out of the vault. Credentials belong to the person and come in with the making of it, never with a parcel.
 * Every method may throw {@link DeliveryFailure}; anything else that is thrown is a mistake of ours.
 */
export interface Portal {
  /** Makes ready a place for the bytes. @returns a name to go on by later */
  prepare(parcel: Parcel, signal: AbortSignal | undefined): Promise<string>;
  /** What is there already, as the far end itself says: asked before anything is sent, each time. */
  find(parcel: DeliveryPlan, earlier: Earlier, signal: AbortSignal | undefined): Promise<Found>;
  /** Sends what is missing and makes it final. @returns a receipt to find it by */
  send(parcel: Parcel, sending: Sending): Promise<string>;
  readBack(parcel: DeliveryPlan, receipt: string, signal: AbortSignal | undefined): Promise<ReadBack>;
  /** Removes what was delivered. @returns `not-there` when it lies there no more, `cannot` where only a person can */
  takeBack(parcel: DeliveryPlan, receipt: string): Promise<'gone' | 'not-there' | 'cannot'>;
}

/** Something went wrong that is to be expected. */
export class DeliveryFailure extends Error {
  /**
   * @param again whether another try may help; whether the parcel arrived is never taken from this, but asked
   * @param notBefore milliseconds that the far end wants to be left alone
   */
  constructor(
    readonly reason: DeliveryReason,
    readonly again: boolean,
    readonly notBefore = 0,
  ) {
    super(reason);
    this.name = 'DeliveryFailure';
  }
}
