import type { z } from 'zod';
import { fail } from './errors.ts';

/**
 * What is to be kept must be readable again: checked before it is written, not when it is read.
 * @throws AppFailure `value-invalid`, naming the field
 */
export function valid<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  return fail({ code: 'value-invalid', field: parsed.error.issues[0]?.path.join('.') || 'value' });
}
