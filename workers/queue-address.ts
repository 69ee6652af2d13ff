import { fail } from '../core/errors.ts';

/** Where the queue is, and how to get in. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly database: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

const PORT = 6379;
const PASSWORD = 'ONHERKENBAAR_QUEUE_PASSWORD';

/**
 * Reads `redis://127.0.0.1:6379/0` or `rediss://user@server:6379`. The password comes from the environment, where
 * no other process finds it in the list of arguments, and is taken out of it: no child gets it.
 * @throws AppFailure `queue-address`, `queue-plain`, `queue-password-shown`
 */
export function queueAddress(text: string, env: Record<string, string | undefined> = process.env): QueueAddress {
  const password = env[PASSWORD];
  delete env[PASSWORD];
  const url = parsed(text);
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '' || url.search !== '' || url.hash !== '')
    return fail({ code: 'queue-address' });
  if (url.password !== '') fail({ code: 'queue-password-shown' });
  const database = /^\/?(\d{0,2})$/.exec(url.pathname)?.[1] ?? fail({ code: 'queue-address' });
  const tls = url.protocol === 'rediss:';
  const named = url.hostname.replace(/^\[|\]$/g, '');
  // By number: a name could be led elsewhere.
  const host = named === 'localhost' ? '127.0.0.1' : named;
  if (!tls && !isLoopback(host)) fail({ code: 'queue-plain' });
  return {
    host,
    port: url.port === '' ? PORT : Number(url.port),
    tls,
    database: Number(database),
    username: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: password === '' ? undefined : password,
  };
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
function isLoopback(host: string): boolean {
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) || host === '::1';
}
