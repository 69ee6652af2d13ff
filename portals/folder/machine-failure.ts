import { DeliveryFailure } from '../../core/delivery/portal.ts';
import type { DeliveryReason } from '../../core/delivery/journal.ts';

const FOR_GOOD: Readonly<Record<string, DeliveryReason>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
};
/** How a share that goes away shows itself; another process that was quicker, too. */
const OF_THE_MOMENT = new Set(
  'ENOENT EIO ESTALE ETIMEDOUT EHOSTDOWN EHOSTUNREACH ENOTCONN ENXIO ENODEV ENOTEMPTY EEXIST EBUSY EAGAIN'.split(' '),
);

/** What the system said, as far as it is to be expected of a folder; everything else as it is. */
export function asDeliveryFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = FOR_GOOD[code];
  if (reason !== undefined) return new DeliveryFailure(reason, false);
  return OF_THE_MOMENT.has(code) ? new DeliveryFailure('unreachable', true) : error;
}
