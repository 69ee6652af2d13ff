// Which folders of node_modules the packaged app needs: what its bundles name, and what that needs in turn.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LEFT } from './build-app.mjs';

/** Needed by an install script alone, which has run or was left out long before anything is packed. */
const FOR_INSTALLING = {
  // Builds a faster cipher; it does without.
  ssh2: ['cpu-features', 'nan'],
  'onnxruntime-node': ['adm-zip', 'global-agent'],
  'ffmpeg-static': ['@derhuerst/http-basic', 'env-paths', 'https-proxy-agent', 'progress'],
};

/** Packages outside the bundles that some bundle names. @param {string} root */
function named(root) {
  const app = join(root, 'dist', 'app');
  if (!existsSync(app)) throw new Error('There is no app to pack yet: run `node scripts/build-app.mjs`.');
  const bundles = readdirSync(app).filter((file) => file.endsWith('.cjs'));
  const text = bundles.map((file) => readFileSync(join(app, file), 'utf8')).join('\n');
  return LEFT.filter((name) => text.includes(`"${name}"`));
}

/**
 * Folder of a package as seen from another one: nested in it, or further up.
 * @param {string} root @param {string} from folder below root, or '' @param {string} name
 * @returns {string | undefined} below root
 */
function folderOf(root, from, name) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const folder = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (existsSync(join(root, folder, 'package.json'))) return folder;
    if (place === '') return undefined;
  }
}

/**
 * @param {string} root
 * @returns {string[]} folders below root, with forward slashes; optional packages only where they are installed
 */
export function packagedModules(root) {
  const found = new Set();
  /** @param {string} from @param {string} name @param {boolean} optional */
  const add = (from, name, optional) => {
    const folder = folderOf(root, from, name);
    if (folder === undefined) {
      if (optional) return;
      throw new Error(`${name} is not installed: run \`npm ci\``);
    }
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    );
    const skipped = FOR_INSTALLING[name] ?? [];
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies }))
      if (!skipped.includes(each)) add(folder, each, each in optionalDependencies);
  };
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of named(root)) add('', name, name in own.optionalDependencies);
  return [...found].sort();
}
