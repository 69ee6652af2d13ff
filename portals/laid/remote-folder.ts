import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import type { Slices } from '../net/slices.ts';

/** How the bytes of one file are sent. */
export interface Upload {
  /** As {@link RemoteFolder.begin} gave it. */
  readonly session: string;
  readonly plan: DeliveryPlan;
  /** Bytes that need not be sent again. */
  readonly from: number;
  readonly onTaken: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

type Signal = AbortSignal | undefined;

/** Files on another machine, by paths from its root. Every method may throw a DeliveryFailure. */
export interface RemoteFolder {
  /** In bytes; undefined: there is no such file. */
  sizeOf(path: string, signal: Signal): Promise<number | undefined>;
  /** @returns undefined when there is no such folder, or nobody can tell */
  namesIn(folder: string, signal: Signal): Promise<string[] | undefined>;
  /** No failure when it is there already. */
  makeFolder(path: string, signal: Signal): Promise<void>;
  /** Finds out how a file can be sent to this place. @returns a name for it, to go on by */
  begin(path: string, plan: DeliveryPlan, signal: Signal): Promise<string>;
  /** Bytes of an unfinished file that can be gone on with; undefined: it must be begun anew. */
  partOf(session: string, path: string, plan: DeliveryPlan, signal: Signal): Promise<number | undefined>;
  /** Sends what is missing; the file is there, whole, when it returns. */
  upload(path: string, content: Slices, upload: Upload): Promise<void>;
  /** A small file, over nothing. */
  write(path: string, bytes: Uint8Array, signal: Signal): Promise<void>;
  /** @returns undefined when there is no such file */
  read(path: string, signal: Signal): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Over nothing, in one step. */
  move(from: string, to: string, what: 'file' | 'folder', signal: Signal): Promise<'moved' | 'taken' | 'missing'>;
  /** @returns whether there was such a file */
  remove(path: string): Promise<boolean>;
  /** With all that is in it. */
  clear(folder: string, signal: Signal): Promise<void>;
  /** Only when nothing is in it. */
  removeEmpty(folder: string): Promise<void>;
}
