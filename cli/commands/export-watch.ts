import { setTimeout as sleep } from 'node:timers/promises';
import { AppFailure, throwIfCancelled, type AppError } from '../../core/errors.ts';
import type { Session } from '../../native/vault/vault.ts';
import type { Context } from '../context.ts';
import { check, itemsOf, outcome, send, showRefused, type BatchOptions, type Item } from './export-batch.ts';
import { openSession } from './vault.ts';

export interface WatchOptions extends BatchOptions {
  /** Between two looks at the list. */
  readonly seconds: number;
}

/** What another try within the hour does not change; and a wrong password tried each minute locks somebody out. */
const SLOW_MS = 3_600_000;

interface Known {
  /** What was said last: nothing is said twice. */
  said: string;
  done: boolean;
  /** In milliseconds. */
  notBefore: number;
}

/**
 * For a school's own server: hands in what a list names as soon as it may, until it is stopped. Whoever writes the
 * list submits (law 7); each by itself, so that one that may not leave yet keeps no other. A list that can't be read,
 * as while it is being written, is said once, and the last one holds.
 */
export async function watchBatch(file: string, options: WatchOptions, context: Context): Promise<void> {
  const { to, pageReadOn, seconds } = options;
  let items = itemsOf(file, to, pageReadOn);
  const session = await openSession(options, context);
  const all = new Map<string, Known>();
  let unread = false;
  for (;;) {
    for (const item of items) {
      const key = JSON.stringify(item);
      const known = all.get(key) ?? { said: '', done: false, notBefore: 0 };
      all.set(key, known);
      if (known.done || Date.now() < known.notBefore) continue;
      throwIfCancelled(context.signal);
      tell(item, known, await look(session, item, context), context);
    }
    await sleep(seconds * 1000, undefined, { signal: context.signal }).catch(() => {});
    throwIfCancelled(context.signal);
    const read = reread(() => itemsOf(file, to, pageReadOn));
    if ('code' in read) {
      if (!unread && items[0]) showRefused(items[0], read, context);
      unread = true;
    } else {
      items = read;
      unread = false;
    }
  }
}

/** Asks before it tries: only what went out or failed on the way belongs into the log. */
function look(session: Session, item: Item, context: Context): Promise<AppError | undefined> {
  return outcome(async () => {
    await check(session, item);
    await send(session, item, context);
  });
}

function tell(item: Item, known: Known, error: AppError | undefined, context: Context): void {
  known.done = error === undefined || error.code === 'delivery-exists';
  if (error?.code === 'export-failed') known.notBefore = Date.now() + SLOW_MS;
  const now = JSON.stringify(error ?? '');
  if (error && !known.done && known.said !== now) showRefused(item, error, context);
  known.said = now;
}

function reread(read: () => Item[]): Item[] | AppError {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppFailure) return error.error;
    throw error;
  }
}
