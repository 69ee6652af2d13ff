import type { AppError } from '../errors.ts';
import type { DeliveryReason } from './journal.ts';

/** How far one delivery of a batch is. */
export interface ItemState {
  readonly dossier: string;
  readonly target: string;
  readonly state:
    'waiting' | 'may-leave' | 'sending' | 'checking' | 'pausing' | 'done' | 'failed' | 'held-back' | 'stopped';
  /** Bytes that were read for sending, and how many there are. */
  readonly done: number;
  readonly total: number;
  /** Over this item, while it is sent. */
  readonly bytesPerSecond: number;
  readonly delivery: string | undefined;
  /** Why it failed or may not leave. */
  readonly error: AppError | undefined;
  /** Why it waits, and is tried again. */
  readonly waiting: DeliveryReason | undefined;
}
