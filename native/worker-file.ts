import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The bundled worker of that name: beside the program, or where the sources are run from, in `dist`. */
export function workerFile(name: 'frame-worker' | 'detector-worker'): string {
  const places = ['./', '../', '../dist/'];
  // In the desktop app all is bundled as CommonJS.
  const ending = import.meta.url.endsWith('.cjs') ? 'cjs' : 'mjs';
  const files = places.map((place) => fileURLToPath(new URL(`${place}${name}.${ending}`, import.meta.url)));
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`${name}.${ending} is missing: run \`npm run setup\``);
  return file;
}
