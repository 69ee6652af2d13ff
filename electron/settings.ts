import { app } from 'electron';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from '../native/store/atomic.ts';

/** What the app remembers of this machine; nothing of a person or a recording. */
const Settings = z.strictObject({
  /** Folder of the vault that was used last. */
  vault: z.string().optional(),
  language: z.enum(['nl', 'en']).optional(),
});
export type Settings = z.infer<typeof Settings>;

function file(): string {
  return join(app.getPath('userData'), 'settings.json');
}

export function readSettings(): Settings {
  return readJson(file(), Settings) ?? {};
}

export function changeSettings(change: Settings): void {
  writeJson(file(), { ...readSettings(), ...change });
}
