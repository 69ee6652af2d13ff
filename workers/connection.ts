import type { Redis } from 'ioredis';
import { AppFailure, fail } from '../core/errors.ts';
import type { QueueAddress } from './queue-address.ts';

const CONNECT_MS = 5_000;
/** Longest wait between two tries to come back. */
const RETRY_MS = 2_000;
/** Streams with trimming, and scripts, as BullMQ needs them. */
const OLDEST = [6, 2] as const;

/** A connection that comes back by itself, until somebody gives it up. */
export class Connection {
  private lost: number | undefined;

  constructor(
    readonly redis: Redis,
    private readonly state: { trying: boolean },
  ) {
    redis.on('close', () => (this.lost ??= performance.now()));
    redis.on('ready', () => (this.lost = undefined));
  }

  /** Milliseconds since it was there. */
  get away(): number {
    return this.lost === undefined ? 0 : performance.now() - this.lost;
  }

  /** Those that were made of it end with it, where they would wait for a server that is away. */
  end(): void {
    this.state.trying = false;
    this.redis.disconnect();
  }
}

/** For what may wait for ever where a server is away. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Connects once, and fails at once when that can't be; afterwards the connection comes back by itself.
 * @throws AppFailure `queue-away`, `queue-password`, `queue-certificate`, `queue-unfit`
 */
export async function connect(address: QueueAddress): Promise<Connection> {
  const { Redis } = await import('ioredis');
  const { host, port, database, username, password, tls } = address;
  const state = { trying: false };
  const redis = new Redis({
    host,
    port,
    db: database,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    // As BullMQ asks: a command waits for the connection to come back.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (state.trying ? Math.min(RETRY_MS, 100 * times) : null),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: { minVersion: 'TLSv1.2' as const } }),
  });
  let last: unknown;
  redis.on('error', (error) => (last = error));
  try {
    await redis.connect();
    await requireFit(redis);
    state.trying = true;
    return new Connection(redis, state);
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
