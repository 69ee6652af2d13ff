// Starts the desktop app from its build: `npm run app [-- --test-runtime]`.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { ensureElectron } from './electron-runtime.mjs';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const TEST_RUNTIME = '--test-runtime';

/** Electron's own, which downloads itself from GitHub the first time. @returns {string | undefined} */
function ownElectron() {
  try {
    return createRequire(import.meta.url)('electron');
  } catch {
    // Its own words are a trace through its files.
    return undefined;
  }
}

const args = process.argv.slice(2);
const electron = args.includes(TEST_RUNTIME) ? (await ensureElectron()).exe : ownElectron();
if (electron === undefined) {
  console.error(
    'Electron kon niet van GitHub worden gehaald. Zorg voor internet bij de eerste start, of wijs een map met Electron aan in ELECTRON_OVERRIDE_DIST_PATH.\n' +
      `Alleen om te kijken, nooit met echte opnames: npm run app -- ${TEST_RUNTIME}\n` +
      'Electron could not be fetched from GitHub. See to a connection at the first start, or name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
  );
  process.exitCode = 1;
} else {
  // A container runs as root, where Chromium's own sandbox cannot.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const rest = args.filter((arg) => arg !== TEST_RUNTIME);
  spawn(electron, [root, ...flags, ...rest], { stdio: 'inherit' }).on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
