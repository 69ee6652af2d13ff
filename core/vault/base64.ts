import { z } from 'zod';

/** RFC 4648 §3.5: bits that stand for nothing must be zero, so that the same bytes have one spelling only. */
export const Base64 = z
  .string()
  .min(2)
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/);
