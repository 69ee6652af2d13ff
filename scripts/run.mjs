// Bundles one TypeScript entry with vite (0.3 s) and runs it: `node scripts/run.mjs ENTRY.ts [ARGS]`.
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

/** @param {string} entry TypeScript file, relative to the project's root */
export async function bundle(entry) {
  const name = basename(entry).replace(/\.m?ts$/, '');
  const outDir = resolve(root, 'dist', name === 'main' ? '.' : name);
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
        output: { format: 'esm', entryFileNames: name === 'main' ? 'cli.mjs' : `${name}.mjs` },
      },
    },
  });
  return resolve(outDir, name === 'main' ? 'cli.mjs' : `${name}.mjs`);
}

if (process.argv[1] && resolve(process.argv[1]) === resolve(root, 'scripts/run.mjs')) {
  const [entry, ...args] = process.argv.slice(2);
  if (!entry) throw new Error('usage: node scripts/run.mjs ENTRY.ts [ARGS]');
  const file = await bundle(entry);
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
}
