// What can be told of a package from outside: what is in it, which fuses are set, whether it starts.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const START_MS = 20_000;
const STOP_MS = 10_000;
/** Of the whole archive; more means that packages which the bundles hold already went along once more. */
const MOST_ARCHIVE_BYTES = 40e6;

/** Comes with electron-builder, which sets the fuses with it. */
function fuses() {
  const here = createRequire(import.meta.url);
  return createRequire(createRequire(here.resolve('electron-builder')).resolve('app-builder-lib'))('@electron/fuses');
}

/** @param {string} executable @returns {Promise<Record<string, boolean>>} */
async function fusesOf(executable) {
  const { getCurrentFuseWire, FuseV1Options } = fuses();
  const wire = await getCurrentFuseWire(executable);
  const names = Object.entries(FuseV1Options).filter(([, index]) => typeof index === 'number' && index in wire);
  // The wire holds the characters 0 and 1.
  return Object.fromEntries(names.map(([name, index]) => [name, wire[index] === '1'.charCodeAt(0)]));
}

/**
 * @param {string} folder @param {{ testing: boolean }} made
 * @param {(name: string, good: boolean, detail?: string) => void} check
 * @returns {Promise<string[]>} ffmpeg and ffprobe in it
 */
export async function lookAtPackage(folder, { testing }, check) {
  const left = ['resources/default_app.asar', 'version', '.electron-runtime.json', 'resources/app'];
  check('leaves nothing of the runtime behind', !left.some((name) => existsSync(join(folder, name))));
  check('says so when it was made for tests', existsSync(join(folder, 'TEST-RUNTIME.txt')) === testing);
  const { size } = statSync(join(folder, 'resources', 'app.asar'));
  check('packs only what is needed', size < MOST_ARCHIVE_BYTES, `app.asar ${(size / 1e6).toFixed(1)} MB`);

  const unpacked = join(folder, 'resources', 'app.asar.unpacked', 'node_modules');
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, path, parentPath = path }) => join(parentPath, name));
  const engine = files.filter((file) => file.includes('onnxruntime-node'));
  const wanted = join('napi-v6', process.platform, process.arch);
  check('carries this platform’s engine alone', engine.length > 0 && engine.every((file) => file.includes(wanted)));
  const carried = files.filter((file) => /\/ff(mpeg|probe)$/.test(file));
  const everyone = carried.every((file) => (statSync(file).mode & 0o555) === 0o555);
  for (const file of carried) accessSync(file, constants.X_OK);
  check('lets every user start what it carries', everyone, `${carried.length} programs`);

  const set = await fusesOf(join(folder, 'onherkenbaar'));
  const want = {
    RunAsNode: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableCookieEncryption: true,
    OnlyLoadAppFromAsar: true,
    EnableEmbeddedAsarIntegrityValidation: true,
    ...(testing ? {} : { GrantFileProtocolExtraPrivileges: false }),
  };
  const wrong = Object.entries(want).filter(([name, value]) => set[name] !== value);
  check(
    'has its fuses set',
    wrong.length === 0,
    wrong.map(([name]) => name).join(', ') || `${Object.keys(want).length}`,
  );
  return carried;
}

/** The port that Chromium chose for itself. @param {string} data */
function portOf(data) {
  const file = join(data, 'DevToolsActivePort');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined;
}

/**
 * The fuses forbid to drive this build; that its own window opened can still be read.
 * @param {string} executable @param {string} data
 * @param {(name: string, good: boolean, detail?: string) => void} check
 */
export async function startFused(executable, data, check) {
  const args = ['--remote-debugging-port=0', '--inspect=0', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  // As Node this would end at once, without a window.
  const env = { ...process.env, ONHERKENBAAR_USER_DATA: data, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--no-such' };
  const app = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (text) => (printed += text));
  let pages = [];
  for (const until = Date.now() + START_MS; Date.now() < until && app.exitCode === null;) {
    await new Promise((done) => setTimeout(done, 100));
    const port = portOf(data);
    if (port === undefined) continue;
    pages = await fetch(`http://127.0.0.1:${port}/json/list`).then(
      (answer) => answer.json(),
      () => [],
    );
    if (pages.some(({ title }) => title === 'Onherkenbaar')) break;
  }
  const page = pages.find(({ url }) => url.startsWith('app://ui'));
  check('the fused build opens its window, and is no Node', page?.title === 'Onherkenbaar', page?.url);
  check('the fused build lets no debugger in', !printed.includes('Debugger listening'));
  const gone = new Promise((done) => app.once('exit', () => done(true)));
  app.kill();
  const late = new Promise((done) => setTimeout(() => done(false), STOP_MS));
  const ended = app.exitCode !== null || (await Promise.race([gone, late]));
  check('the fused build ends when the system asks it to', ended);
  if (!ended) app.kill('SIGKILL');
}
