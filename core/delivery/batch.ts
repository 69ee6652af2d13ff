import { z } from 'zod';
import { Id } from '../vault/person.ts';

const Item = z.strictObject({
  dossier: Id,
  target: z.string().regex(/^[a-z0-9-]{1,24}$/),
  /** Folder; absent: the one that was named for all. */
  to: z.string().min(1).optional(),
  /** Or a place at the target itself. */
  place: z.string().min(1).max(600).optional(),
});

/** Clips that go out together. */
export const ExportBatch = z
  .array(Item)
  .min(1)
  .max(200)
  .superRefine((items, context) => {
    const seen = new Set<string>();
    for (const [index, { dossier, target }] of items.entries()) {
      const key = `${dossier} ${target}`;
      if (seen.has(key)) context.addIssue({ code: 'custom', path: [index], message: 'twice' });
      seen.add(key);
    }
  });
export type ExportBatch = z.infer<typeof ExportBatch>;
