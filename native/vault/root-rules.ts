import { pathsOf, realFolder, thisMachine, type Machine } from './machine.ts';
import type { RootRefusal } from '../../core/vault/errors.ts';
import { refusalsByName, refusedPlaces } from './refused-places.ts';

/** Where systems put media that come and go; the system's own volume under /Volumes is a link to `/`. */
const MEDIA: Partial<Record<NodeJS.Platform, readonly (readonly string[])[]>> = {
  linux: [['media'], ['run', 'media']],
  darwin: [['volumes']],
};

/** Of more reasons the gravest is told: first that bytes leave the school, then that they lie about, or go by themselves. */
const GRAVEST: readonly RootRefusal[] = [
  'cloud-onedrive',
  'cloud-dropbox',
  'cloud-google-drive',
  'cloud-icloud',
  'cloud-other',
  'desktop',
  'downloads',
  'documents',
  'temporary',
];

/**
 * Rule S1: footage stays on the secured school network, not on a desktop. Looks at the folder as it is
 * named and as it really lies, also when it is still to be made.
 * @returns undefined when the folder may hold a vault
 */
export async function refusalOf(
  folder: string,
  wish: { allowLocal: boolean },
  machine: Machine = thisMachine(),
): Promise<RootRefusal | undefined> {
  const paths = pathsOf(machine.platform);
  const real = await realFolder(folder, machine);
  const seen = [paths.resolve(folder), real];
  const found = new Set(seen.flatMap((path) => refusalsByName(path, machine)));
  for (const place of await refusedPlaces(machine)) {
    const roots = [place.folder, await realFolder(place.folder, machine)].map((root) => paths.segments(root));
    if (seen.some((path) => roots.some((root) => lies(paths.segments(path), root)))) found.add(place.refusal);
  }
  return GRAVEST.find((refusal) => found.has(refusal)) ?? refusalOfMedium(real, wish, machine);
}

async function refusalOfMedium(
  real: string,
  wish: { allowLocal: boolean },
  machine: Machine,
): Promise<RootRefusal | undefined> {
  const storage = await machine.storage(real);
  if (storage.medium === 'memory') return 'temporary';
  // A share may be mounted where sticks are.
  if (storage.medium === 'network') return undefined;
  const names = pathsOf(machine.platform).segments(real);
  if (storage.removable || MEDIA[machine.platform]?.some((root) => lies(names, root))) return 'removable';
  return wish.allowLocal ? undefined : 'local';
}

function lies(path: readonly string[], root: readonly string[]): boolean {
  return root.length > 0 && root.every((name, at) => name === path[at]);
}
