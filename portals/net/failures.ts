import type { DeliveryReason } from '../../core/delivery/journal.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';

/** How a line that is bad, cut or away shows itself. */
const OF_THE_LINE = new Set(
  (
    'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH EHOSTDOWN ENETUNREACH ENETDOWN ENETRESET ' +
    'ENOTFOUND EAI_AGAIN EAI_FAIL EPROXY EADDRNOTAVAIL ENOTCONN ERR_STREAM_PREMATURE_CLOSE ERR_SSL_WRONG_VERSION_NUMBER ' +
    'UND_ERR_SOCKET UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT UND_ERR_RESPONSE ' +
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH UND_ERR_RESPONSE_STATUS_CODE UND_ERR_CLOSED UND_ERR_DESTROYED UND_ERR_HEADERS_OVERFLOW'
  ).split(' '),
);
/** Whoever answers is not who was meant, or can't prove it. */
/** The proxy wants to know who asks. */
const PROXY_REFUSES = 'EPROXYAUTH';
const NOT_TRUSTED = /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA)/;

const STATUS: Readonly<Record<number, readonly [DeliveryReason, boolean]>> = {
  401: ['signed-out', false],
  403: ['not-allowed', false],
  404: ['place-missing', false],
  408: ['unreachable', true],
  409: ['place-missing', false],
  410: ['place-missing', false],
  413: ['too-large', false],
  421: ['unreachable', true],
  423: ['busy', true],
  425: ['busy', true],
  429: ['busy', true],
  507: ['disk-full', false],
};
const LONGEST_WAIT_MS = 15 * 60_000;

/** What went wrong on the way, as far as it is to be expected; everything else as it is. */
export function asLineFailure(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof DeliveryFailure) return error;
  if (signal?.aborted) return new DeliveryFailure('cancelled', false);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === PROXY_REFUSES) return new DeliveryFailure('proxy-refuses', false);
  if (NOT_TRUSTED.test(code)) return new DeliveryFailure('not-trusted', false);
  // A parser that meets what is no HTTP.
  if (OF_THE_LINE.has(code) || code.startsWith('HPE_')) return new DeliveryFailure('unreachable', true);
  return error;
}

/** @param retryAfter the header of that name */
export function failureOf(status: number, retryAfter?: string): DeliveryFailure {
  const known = STATUS[status];
  const until = Date.parse(retryAfter ?? '');
  const seconds = Number(retryAfter ?? '') || (until - Date.now()) / 1000;
  const notBefore = Number.isFinite(seconds) ? Math.ceil(Math.min(LONGEST_WAIT_MS, Math.max(0, seconds * 1000))) : 0;
  if (known) return new DeliveryFailure(known[0], known[1], known[1] ? notBefore : 0);
  if (status >= 500 && status !== 501 && status !== 505) return new DeliveryFailure('unreachable', true, notBefore);
  return new DeliveryFailure('refused', false);
}
