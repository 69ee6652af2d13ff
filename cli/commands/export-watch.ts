import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../../core/errors.ts';
import type { Context } from '../context.ts';
import { itemsOf, outcome, send, showRefused, type BatchOptions } from './export-batch.ts';
import { openSession } from './vault.ts';

export interface WatchOptions extends BatchOptions {
  /** Between two looks at the list. */
  readonly seconds: number;
}

/**
 * For a school's own server: hands in what a list names as soon as it may, until it is stopped. Whoever writes the
 * list submits (law 7); each by itself, so that one that may not leave yet keeps no other.
 */
export async function watchBatch(file: string, options: WatchOptions, context: Context): Promise<void> {
  const { to, pageReadOn, seconds } = options;
  itemsOf(file, to, pageReadOn);
  const session = await openSession(options, context);
  /** What was said last of each: nothing is said twice. */
  const said = new Map<string, string>();
  for (;;) {
    for (const item of itemsOf(file, to, pageReadOn)) {
      const key = JSON.stringify(item);
      if (said.get(key) === 'delivery-exists') continue;
      throwIfCancelled(context.signal);
      const error = await outcome(() => send(session, item, context));
      const now =
        error === undefined ? 'delivery-exists' : error.code === 'delivery-exists' ? error.code : JSON.stringify(error);
      if (error && error.code !== 'delivery-exists' && said.get(key) !== now) showRefused(item, error, context);
      said.set(key, now);
    }
    await sleep(seconds * 1000, undefined, { signal: context.signal }).catch(() => {});
    throwIfCancelled(context.signal);
  }
}
