// `npm run package:dir`: builds the app as a folder for Linux, and shows that what was packed works.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import builder from 'electron-builder';
import { configuration } from '../electron-builder.config.mjs';
import { drawIcons } from './app-icons.mjs';
import { buildApp } from './build-app.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { lookAtPackage, startFused } from './package-look.mjs';
import { drive } from './package-drive.mjs';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const SECONDS = '4';
const results = [];

/** @param {string} name @param {boolean} good @param {string} [detail] */
function check(name, good, detail) {
  results.push(good);
  console.log(`${good ? 'pass' : 'FAIL'}  ${name}${detail ? ` (${detail})` : ''}`);
}

/** @param {...string} args */
function node(...args) {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}

/** Electron's own download where it is or can be had; else what the tests run in. */
async function testRuntime() {
  const own = existsSync(join(root, 'node_modules/electron/dist/version')) || process.env.ELECTRON_REAL === '1';
  return own ? undefined : ensureElectron({ log: console.error });
}

/** @param {Parameters<typeof configuration>[0]} wish @returns {Promise<string>} the folder that was made */
async function pack(wish) {
  const { build, Platform, Arch } = builder;
  const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64;
  const config = configuration(wish);
  await build({ projectDir: root, targets: Platform.LINUX.createTarget('dir', arch), config });
  return join(
    resolve(root, config.directories.output),
    arch === Arch.arm64 ? 'linux-arm64-unpacked' : 'linux-unpacked',
  );
}

/** A screen that nobody sees, where there is none. @returns {Promise<() => void>} */
async function screen() {
  if (process.env.DISPLAY) return () => {};
  const number = 90 + (process.pid % 100);
  const display = spawn('Xvfb', [`:${number}`, '-screen', '0', '1920x1080x24'], { stdio: 'ignore' });
  let failed = false;
  display.once('error', () => (failed = true));
  while (!existsSync(`/tmp/.X11-unix/X${number}`)) {
    if (failed) throw new Error('No screen: install xvfb, or run this where there is one.');
    await new Promise((done) => setTimeout(done, 50));
  }
  process.env.DISPLAY = `:${number}`;
  return () => void display.kill();
}

/** @param {string} folder */
function megabytes(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, String(name))));
  const bytes = files.reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

const archiveHash = (folder) =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'resources', 'app.asar')))
    .digest('hex');

/** @param {string} place @param {string} driven the unfused build @param {string[]} carried its own programs */
async function tryOut(place, driven, carried) {
  const lesson = join(place, 'les.mp4');
  node('scripts/run.mjs', 'scripts/compose-lesson.ts', lesson, SECONDS);
  const [data, empty] = ['data', 'no-programs'].map((name) => join(place, name));
  for (const folder of [data, empty]) mkdirSync(folder);
  const executable = join(driven, 'onherkenbaar');
  // Where the package carries ffmpeg itself, none of the machine's may help it out.
  const path = carried.length === 2 ? empty : (process.env.PATH ?? '');
  const used = await drive({ executable, data, vault: join(place, 'kluis'), lesson, path }, check);
  const programs = used.filter((file) => /\/ff(mpeg|probe)$/.test(file));
  const libraries = used.filter((file) => !programs.includes(file));
  const inside = (file) => file.startsWith(join(driven, 'resources', 'app.asar.unpacked'));
  check('infers with the engine of the package', libraries.length > 0 && libraries.every(inside));
  const own = programs.every(inside);
  const which = programs.map((file) => (inside(file) ? file.slice(driven.length + 1) : file)).join(', ');
  check(own ? 'works with the ffmpeg of the package' : 'works with the ffmpeg on PATH', programs.length > 0, which);
}

if (process.platform !== 'linux') throw new Error('This makes the folder for Linux, on Linux: docs/packaging.md.');
const began = Date.now();
node('scripts/run.mjs', 'models/prepare.ts');
await buildApp();
await drawIcons(join(root, 'dist', 'icons'));
const runtime = await testRuntime();
const fused = await pack({ testRuntime: runtime });
// Outside the project: inside it, whatever the package lacks would be found further up. Not in a temporary place
// either: the app refuses to make a vault there.
const place = mkdtempSync(join(homedir(), '.onherkenbaar-package-'));
let stopScreen = () => {};
try {
  const driven = await pack({ testRuntime: runtime, fused: false, output: join(place, 'app') });
  const took = ((Date.now() - began) / 1000).toFixed(0);
  console.log(
    `\n${dirname(fused)}: Electron ${runtime ? `${runtime.version}, for tests only` : 'of the release line'}`,
  );
  console.log(`${megabytes(fused)}, both builds in ${took} s\n`);
  const carried = await lookAtPackage(fused, { testing: runtime !== undefined }, check);
  check('the driven build holds the very same app', archiveHash(fused) === archiveHash(driven));
  stopScreen = await screen();
  await startFused(join(fused, 'onherkenbaar'), join(place, 'fused-data'), check);
  await tryOut(place, driven, carried);
} catch (error) {
  check('runs to the end', false, error instanceof Error ? error.message : String(error));
} finally {
  stopScreen();
  rmSync(place, { recursive: true, force: true });
}
const failed = results.filter((good) => !good).length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
