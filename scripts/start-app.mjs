// Starts the desktop app from its build: `npm run app`.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
/** Downloads its binary from GitHub the first time, where ELECTRON_OVERRIDE_DIST_PATH names none. */
const electron = createRequire(import.meta.url)('electron');
// A container runs as root, where Chromium's own sandbox cannot.
const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
spawn(electron, [root, ...flags, ...process.argv.slice(2)], { stdio: 'inherit' }).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
