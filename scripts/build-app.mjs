// Builds the desktop app into dist/app: shell, preload, host with its threads, and the window.
import { builtinModules } from 'node:module';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import react from '@vitejs/plugin-react';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
/** Lowest runtime that the output must run on: what the tests run in where Electron's own download can't be had. */
const NODE = 'node18';
const CHROME = 'chrome114';
/** Native code, or code that reads files beside itself. */
export const LEFT = [
  'onnxruntime-node',
  'pdfkit',
  'fluent-ffmpeg',
  'ffmpeg-static',
  'ssh2',
  '@ffmpeg-installer/ffmpeg',
  '@ffprobe-installer/ffprobe',
];
const out = resolve(root, 'dist', 'app');

const NODE_SIDE = {
  main: 'electron/main.ts',
  preload: 'electron/preload.ts',
  host: 'electron/host/entry.ts',
  'detector-worker': 'native/onnx/detector-worker.ts',
  'frame-worker': 'native/ffmpeg/frame-worker.ts',
};

/** @param {string} name @param {string} entry */
function buildNode(name, entry) {
  return build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: resolve(root, entry),
      target: NODE,
      outDir: out,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        external: [/^electron$/, /^node:/, ...builtinModules, ...LEFT],
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
    ssr: { noExternal: true, external: ['electron', ...LEFT] },
  });
}

export async function buildApp() {
  // What is tested and packed is what is used; a test runner's own value would bring React's development build.
  process.env.NODE_ENV = 'production';
  rmSync(out, { recursive: true, force: true });
  for (const [name, entry] of Object.entries(NODE_SIDE)) await buildNode(name, entry);
  await build({
    configFile: false,
    root: resolve(root, 'renderer'),
    base: '/',
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: resolve(out, 'renderer'),
      emptyOutDir: true,
      target: CHROME,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  });
}

if (process.argv[1] && resolve(process.argv[1]) === resolve(root, 'scripts/build-app.mjs')) await buildApp();
