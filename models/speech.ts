import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail } from '../core/errors.ts';
import manifestData from './manifest.json' with { type: 'json' };
import { preparedPath, sha256 } from './store.ts';

const Speech = z.object({
  name: z.string(),
  card: z.string(),
  source: z.object({ type: z.literal('npm'), package: z.string(), version: z.string(), file: z.string() }),
  sha256: z.string(),
  licence: z.literal('MIT'),
});

/** The network that tells speech from other sound. It is used as published. */
export const SPEECH_MODEL = z.object({ speech: Speech }).parse(manifestData).speech;

/** @throws AppFailure `model-missing`, `model-changed` */
export function loadSpeechModel(): Uint8Array {
  const { name, sha256: wanted } = SPEECH_MODEL;
  const path = preparedPath(name);
  if (!existsSync(path)) fail({ code: 'model-missing', model: name });
  const bytes = readFileSync(path);
  if (sha256(bytes) !== wanted) fail({ code: 'model-changed', model: name });
  return bytes;
}
