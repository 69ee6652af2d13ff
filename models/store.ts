import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { fail } from '../core/errors.ts';
import { prepareModel, type Prepared } from './families.ts';
import manifestData from './manifest.json' with { type: 'json' };

const Source = z.discriminatedUnion('type', [
  z.object({ type: z.literal('npm'), package: z.string(), version: z.string(), file: z.string() }),
  z.object({ type: z.literal('npm-pack'), package: z.string(), version: z.string(), file: z.string() }),
  z.object({ type: z.literal('address'), url: z.url() }),
]);
const ManifestEntry = z.object({
  name: z.string(),
  kind: z.enum(['retinaface', 'yunet', 'scrfd', 'ultraface']),
  card: z.string(),
  source: Source,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.enum(['MIT', 'non-commercial-research']),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/** Models the project knows, best first. */
export const MANIFEST: readonly ManifestEntry[] = z
  .object({ models: z.array(ManifestEntry) })
  .parse(manifestData).models;

/** Folder of the package: where its package.json stands, from the source tree and from a bundle alike. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'models', 'manifest.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

export function preparedPath(name: string): string {
  return join(projectRoot(), 'models', 'prepared', `${name}.onnx`);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface LoadedModel extends Prepared {
  readonly name: string;
  readonly licence: ManifestEntry['licence'] | 'unknown';
  readonly sha256: string;
}

export type LicenceWish = 'any' | 'permissive';

/** Manifest entries whose weights are present on this machine, best first. */
export function presentModels(): ManifestEntry[] {
  return MANIFEST.filter((entry) => existsSync(preparedPath(entry.name)));
}

/**
 * Loads a detector: the file the user names, else the best one that set-up has laid down.
 * Published weights are kept as they are and checked against the manifest at every start.
 * @throws AppFailure `model-missing`, `model-changed`, `model-unknown`
 */
export function loadModel(wish: { readonly file?: string | undefined; readonly licence: LicenceWish }): LoadedModel {
  if (wish.file !== undefined) return loadFile(resolve(wish.file));
  const entry = presentModels().find((each) => wish.licence === 'any' || each.licence === 'MIT');
  if (!entry) return fail({ code: 'model-missing', model: wish.licence === 'any' ? 'retinaface-mnet25' : 'MIT' });
  return loadEntry(entry);
}

export function loadEntry(entry: ManifestEntry): LoadedModel {
  const path = preparedPath(entry.name);
  if (!existsSync(path)) fail({ code: 'model-missing', model: entry.name });
  const bytes = readFileSync(path);
  const digest = sha256(bytes);
  if (digest !== entry.sha256) fail({ code: 'model-changed', model: entry.name });
  const prepared = prepareModel(bytes);
  if (!prepared) return fail({ code: 'model-unknown', path: entry.name });
  return { ...prepared, name: entry.name, licence: entry.licence, sha256: digest };
}

function loadFile(path: string): LoadedModel {
  if (!existsSync(path)) fail({ code: 'model-missing', model: path });
  if (!statSync(path).isFile()) fail({ code: 'model-unknown', path });
  const bytes = readFileSync(path);
  const digest = sha256(bytes);
  const known = MANIFEST.find((entry) => entry.sha256 === digest);
  const prepared = prepareModel(bytes);
  if (!prepared) return fail({ code: 'model-unknown', path });
  return {
    ...prepared,
    name: known?.name ?? `${prepared.family} (${digest.slice(0, 8)})`,
    licence: known?.licence ?? 'unknown',
    sha256: digest,
  };
}
