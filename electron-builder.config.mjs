// What is packed, and how. electron-builder itself reads the default export: the release line, never the test runtime.
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedModules } from './scripts/packaged-modules.mjs';

const root = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

const onlyPermissive = process.env.ONHERKENBAAR_MODELS === 'permissive';

/** What an installed package holds beside what runs. */
const DEAD_WEIGHT = ['*.map', '*.d.ts', '*.d.mts', '*.d.cts', '*~', '.*', '*.md', 'tsconfig.json'];

/**
 * Weights that go along. Those for non-commercial research alone can be left behind; the app then uses what is there.
 * @param {boolean} permissive
 */
function weights(permissive) {
  const { models, speech } = read('models/manifest.json');
  const allowed = models.filter(({ licence }) => !permissive || licence === 'MIT');
  const files = allowed
    .map(({ name }) => `models/prepared/${name}.onnx`)
    .filter((file) => existsSync(join(root, file)));
  if (files.length === 0) throw new Error('No weights to pack: run `npm run models`, or with `-- --permissive`.');
  return [...files, `models/prepared/${speech.name}.onnx`];
}

/** Patterns below node_modules. */
function moduleFiles() {
  return [
    ...packagedModules(root).map((folder) => `${folder.replace('node_modules/', '')}/**`),
    ...DEAD_WEIGHT.map((kind) => `!**/${kind}`),
    '!onnxruntime-node/{lib,script}/**',
    // Of the inference engine only what this system and processor need: 45 of 288 MB.
    '!onnxruntime-node/bin/**',
    'onnxruntime-node/bin/napi-v6/${platform}/${arch}/**',
  ];
}

/** What the app starts must be startable by every user, also where root installed it: npm gives ffprobe to its owner. */
function makeStartable(folder) {
  for (const name of readdirSync(folder, { recursive: true }))
    if (/[/\\]ff(mpeg|probe)$/.test(name) && statSync(join(folder, name)).isFile())
      chmodSync(join(folder, name), 0o755);
}

/** @param {import('electron-builder').AfterPackContext} packed @param {boolean} testing */
function finish({ appOutDir, packager }, testing) {
  makeStartable(join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked'));
  for (const left of ['resources/default_app.asar', 'version', '.electron-runtime.json'])
    rmSync(join(appOutDir, left), { force: true });
  if (testing)
    writeFileSync(join(appOutDir, 'TEST-RUNTIME.txt'), 'Made for tests, with an old Electron. Give it to nobody.\n');
}

/**
 * @param {{ testRuntime?: { dist: string, version: string }, fused?: boolean, output?: string, permissive?: boolean }} wish
 *   `testRuntime`: Electron for tests where its own download can't be had; only a folder for Linux can be made with it.
 *   `fused: false`: for the tests that drive the app from outside, which the fuses forbid.
 */
export function configuration({
  testRuntime,
  fused = true,
  output = 'dist/package',
  permissive = onlyPermissive,
} = {}) {
  const installers = testRuntime === undefined;
  return {
    // package.json names this file, so that no call of electron-builder is left with its defaults; that is all of it.
    extends: null,
    appId: 'nl.onherkenbaar.app',
    productName: 'Onherkenbaar',
    copyright: 'EUPL-1.2',
    directories: { output, buildResources: 'dist/icons' },
    electronVersion: testRuntime?.version ?? read('package.json').devDependencies.electron,
    ...(testRuntime && { electronDist: testRuntime.dist }),
    electronLanguages: ['nl', 'en-US'],
    publish: null,
    // Nothing is compiled here, and `files` says which modules go along: all others are in the bundles already.
    beforeBuild: () => false,
    files: [
      'package.json',
      'dist/app/**',
      'models/manifest.json',
      ...weights(permissive),
      // A set of its own: patterns from the root never reach into node_modules.
      { from: 'node_modules', to: 'node_modules', filter: moduleFiles() },
    ],
    extraMetadata: { bin: {}, engines: {}, overrides: {}, allowScripts: {} },
    extraResources: [{ from: 'LICENSE', to: 'LICENSE.txt' }, 'THIRD-PARTY-NOTICES.md'],
    asar: true,
    // Only what the system itself must open as a file. The threads' own code stays where its integrity is checked.
    asarUnpack: [
      'node_modules/onnxruntime-node/bin/**',
      'node_modules/ffmpeg-static/ffmpeg{,.exe}',
      'node_modules/@{ffmpeg,ffprobe}-installer/*-*/**',
    ],
    afterPack: (packed) => finish(packed, testRuntime !== undefined),
    ...(fused && {
      electronFuses: {
        runAsNode: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableCookieEncryption: true,
        onlyLoadAppFromAsar: true,
        enableEmbeddedAsarIntegrityValidation: true,
        // The test runtime is older than this fuse, and setting it there would end the build.
        ...(installers && { grantFileProtocolExtraPrivileges: false }),
      },
    }),
    linux: {
      target: installers ? ['AppImage', 'deb'] : ['dir'],
      icon: 'dist/icons/icons',
      category: 'Education',
      executableName: 'onherkenbaar',
      synopsis: 'Makes pupils in lesson recordings unrecognisable',
      // Required by deb; there is no address that could stand here for every school that builds this.
      ...(process.env.ONHERKENBAAR_MAINTAINER && { maintainer: process.env.ONHERKENBAAR_MAINTAINER }),
    },
    win: { target: [{ target: 'nsis', arch: ['x64'] }], icon: 'dist/icons/icon.ico' },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      differentialPackage: false,
      installerLanguages: ['nl_NL', 'en_US'],
    },
    mac: {
      // The inference engine has no build for Intel Macs.
      target: [{ target: 'dmg', arch: ['arm64'] }],
      icon: 'dist/icons/icon.icns',
      category: 'public.app-category.education',
      hardenedRuntime: true,
    },
    dmg: { writeUpdateInfo: false },
  };
}

export default () => configuration();
