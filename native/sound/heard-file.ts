import { z } from 'zod';
import type { HeardSound } from '../../core/sound/speech.ts';
import { readAll, type Shelf } from '../store/shelf.ts';

/** What was heard of a recording, on the shelf beside what was seen: some 300 kB an hour, as JSON with base64. */
export const HEARD = 'heard';

const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const Stored = z
  .strictObject({ version: z.literal(1), levels: bytes, speech: bytes })
  .refine(({ levels, speech }) => levels.length === speech.length);

export async function saveHeard(shelf: Shelf, { levels, speech }: HeardSound): Promise<void> {
  const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');
  const writer = await shelf.create(HEARD);
  try {
    await writer.write(Buffer.from(JSON.stringify({ version: 1, levels: base64(levels), speech: base64(speech) })));
    await writer.commit();
  } catch (error) {
    await writer.abandon().catch(() => {});
    throw error;
  }
}

/** @returns undefined where there is none, or what is there can't be read: it can be made again */
export async function loadHeard(shelf: Shelf): Promise<HeardSound | undefined> {
  if (!shelf.has(HEARD)) return undefined;
  const file = await shelf.open(HEARD);
  try {
    const parts: Uint8Array[] = [];
    for await (const part of readAll(file)) parts.push(part);
    const { levels, speech } = Stored.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
    return { levels, speech };
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}
