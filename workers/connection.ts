import type { Redis } from 'ioredis';
import { AppFailure, fail } from '../core/errors.ts';
import type { QueueAddress } from './queue-address.ts';

const CONNECT_MS = 5_000;
/** Longest wait between two tries to come back. */
const RETRY_MS = 2_000;
/** Streams with trimming, and scripts, as BullMQ needs them. */
const OLDEST = [6, 2] as const;

/**
 * Connects once, and fails at once when that can't be; afterwards the connection comes back by itself.
 * @throws AppFailure `queue-away`, `queue-password`, `queue-certificate`, `queue-unfit`
 */
export async function connect(address: QueueAddress): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const { host, port, database, username, password, tls } = address;
  let begun = false;
  const redis = new Redis({
    host,
    port,
    db: database,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    // As BullMQ asks: a command waits for the connection to come back.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (begun ? Math.min(RETRY_MS, 100 * times) : null),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: { minVersion: 'TLSv1.2' as const } }),
  });
  let last: unknown;
  redis.on('error', (error) => (last = error));
  try {
    await redis.connect();
    await requireFit(redis);
    begun = true;
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error instanceof AppFailure ? error : refusal(last ?? error);
  }
}

/** What the far end said is never shown: it may name hosts and users. */
function refusal(error: unknown): AppFailure {
  const text = error instanceof Error ? error.message : '';
  if (/NOAUTH|WRONGPASS|NOPERM|invalid password|without any password/i.test(text))
    return new AppFailure({ code: 'queue-password' });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ERR_TLS/.test(code)) return new AppFailure({ code: 'queue-certificate' });
  return new AppFailure({ code: 'queue-away' });
}

/**
 * What a queue holds must be gone with it: wiping a recording rests on its key being nowhere. Where the settings may
 * not be asked for, the school answers for them.
 */
async function requireFit(redis: Redis): Promise<void> {
  const version = /redis_version:(\d+)\.(\d+)/.exec(await redis.info('server'));
  const [major, minor] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) fail({ code: 'queue-unfit', reason: 'too-old' });
  const appends = /aof_enabled:1/.test(await redis.info('persistence'));
  if (appends || (await setting(redis, 'save')) !== '') fail({ code: 'queue-unfit', reason: 'persistent' });
  if (!['', 'noeviction'].includes(await setting(redis, 'maxmemory-policy')))
    fail({ code: 'queue-unfit', reason: 'evicting' });
}

async function setting(redis: Redis, name: string): Promise<string> {
  try {
    return String(((await redis.config('GET', name)) as readonly unknown[])[1] ?? '');
  } catch (error) {
    // A managed server keeps this to itself.
    if (error instanceof Error && /NOPERM|unknown command/i.test(error.message)) return '';
    throw error;
  }
}
