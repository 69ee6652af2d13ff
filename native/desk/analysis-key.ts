import { createHash } from 'node:crypto';
import type { Quality } from '../analysis.ts';
import type { Engine } from '../engine.ts';

/** Everything that decides what an analysis finds; an interrupted one goes on only with the very same key. */
export function analysisJobKey(hmac: string, { tools, model }: Engine, quality: Quality): string {
  const parts = ['analysis', tools.version, tools.ffmpeg, model.sha256, quality];
  return createHash('sha256').update(hmac).update(JSON.stringify(parts)).digest('hex');
}
