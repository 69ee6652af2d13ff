// Bundles one TypeScript entry with vite (0.3 s) and runs it: `node scripts/run.mjs ENTRY.ts [ARGS]`.
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

/** Threads that the engine starts; each is a file beside the program. */
const WORKERS = ['native/ffmpeg/frame-worker.ts', 'native/onnx/detector-worker.ts'];

/** @param {string} entry TypeScript file, relative to the project's root */
export async function bundle(entry) {
  for (const worker of WORKERS) await bundleFile(worker, '.', `${nameOf(worker)}.mjs`);
  const name = nameOf(entry);
  return name === 'main' ? bundleFile(entry, '.', 'cli.mjs') : bundleFile(entry, name, `${name}.mjs`);
}

/** @param {string} entry */
function nameOf(entry) {
  return basename(entry).replace(/\.m?ts$/, '');
}

/**
 * @param {string} entry
 * @param {string} folder within dist
 * @param {string} file
 */
async function bundleFile(entry, folder, file) {
  const target = resolve(root, 'dist', folder, file);
  // Another run may be about to read it: it is put in place whole.
  const outDir = resolve(root, 'dist', `.building-${process.pid}`);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: resolve(root, entry),
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        external: [/^node:/, /^[a-z@]/],
        output: { format: 'esm', entryFileNames: file },
      },
    },
  });
  mkdirSync(dirname(target), { recursive: true });
  renameSync(resolve(outDir, file), target);
  rmSync(outDir, { recursive: true });
  return target;
}

if (process.argv[1] && resolve(process.argv[1]) === resolve(root, 'scripts/run.mjs')) {
  const [entry, ...args] = process.argv.slice(2);
  if (!entry) throw new Error('usage: node scripts/run.mjs ENTRY.ts [ARGS]');
  // Benches start the product itself: the one that stands here now, not one of earlier.
  if (entry.startsWith('test/bench/')) await bundle('cli/main.ts');
  const file = await bundle(entry);
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
}
