import { createHash } from 'node:crypto';
import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import { AppFailure } from '../../core/errors.ts';
import { readAll } from '../store/shelf.ts';
import { CLIP, type Dossier } from '../vault/dossier.ts';

/**
 * The clip's bytes from a place on, hashed from the first to the last while they are read (M4). The last piece is
 * held back until all of them proved to be the approved ones and the gate is still open: a far end that makes
 * things final when it has them all never has them all before.
 * @param stillOpen looks at the gate again
 * @throws DeliveryFailure `clip-changed`, `gate-closed`
 */
export async function* approvedBytes(
  { shelf }: Dossier,
  { sha256, size }: DeliveryPlan,
  from: number,
  stillOpen: () => Promise<boolean>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Uint8Array | undefined;
  let at = 0;
  for await (const piece of pieces(shelf)) {
    hash.update(piece);
    const wanted = piece.subarray(Math.max(0, from - at));
    at += piece.length;
    if (wanted.length === 0) continue;
    if (held) yield held;
    held = wanted;
  }
  if (at !== size || hash.digest('hex') !== sha256) throw new DeliveryFailure('clip-changed', false);
  if (!(await stillOpen())) throw new DeliveryFailure('gate-closed', false);
  if (held) yield held;
}

/** A block that does not open was changed. */
async function* pieces(shelf: Dossier['shelf']): AsyncGenerator<Uint8Array> {
  try {
    const file = await shelf.open(CLIP);
    try {
      yield* readAll(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof AppFailure && error.error.code.startsWith('vault-item-'))
      throw new DeliveryFailure('clip-changed', false);
    throw error;
  }
}
