import { z } from 'zod';
import { Id } from '../../core/vault/person.ts';
import { call, nothing } from './call.ts';
import type { BatchOffer, BatchView, PlaceView } from './views.ts';

const TargetId = z.string().max(24);
const target = z.strictObject({ target: TargetId });

/** Where it goes: a place at the target, or, without one, a folder that the user chooses. */
export const BatchWay = z.strictObject({
  target: TargetId,
  pageRead: z.boolean(),
  place: z.string().min(1).max(600).optional(),
});
export type BatchWay = z.infer<typeof BatchWay>;

const Begin = z.strictObject({
  clips: z.array(Id).min(1).max(100),
  ways: z.array(BatchWay).min(1).max(20),
});

/** Handing in together what was approved, and by what a person is known at the institutes. */
export const BATCH_CALLS = {
  'batch.offer': call<BatchOffer>()('host', nothing),
  /** Looks whether each may leave, and sends nothing; undefined when the user chose no folder. */
  'batch.begin': call<BatchView | undefined>()('shell', Begin),
  'batch.start': call<void>()('host', nothing),
  /** Also a pause: starting goes on where it was. */
  'batch.stop': call<void>()('host', nothing),
  'batch.state': call<BatchView | undefined>()('host', nothing),
  'portal.signIn': call<void>()(
    'host',
    z.strictObject({ target: TargetId, user: z.string().max(300), secret: z.string().max(20_000) }),
  ),
  'portal.signOut': call<void>()('host', target),
  'portal.places': call<PlaceView[]>()('host', target),
  'portal.password': call<string>()('host', z.strictObject({ delivery: Id })),
} as const;
