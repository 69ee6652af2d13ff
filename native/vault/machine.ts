import { readFile, readlink, realpath } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { posix, win32 } from 'node:path';
import { probeStorage, type StorageFacts } from '../disk/storage.ts';

/** What the rules for places ask of a machine; a port, so that the layouts of other systems can be tested. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** The folder for temporary files. */
  readonly temporary: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @returns undefined when nothing is there */
  realpath(path: string): Promise<string | undefined>;
  /** @returns where a symbolic link points, undefined for anything else */
  readlink(path: string): Promise<string | undefined>;
  /** @returns undefined when it cannot be read */
  readText(path: string): Promise<string | undefined>;
  storage(path: string): Promise<Pick<StorageFacts, 'medium' | 'removable'>>;
}

export function thisMachine(): Machine {
  const orNothing = (): undefined => undefined;
  return {
    platform: process.platform,
    home: homedir(),
    temporary: tmpdir(),
    env: process.env,
    realpath: (path) => realpath(path).catch(orNothing),
    readlink: (path) => readlink(path).catch(orNothing),
    readText: (path) => readFile(path, 'utf8').catch(orNothing),
    storage: probeStorage,
  };
}

/** How paths are written and compared on a machine. */
export interface Paths {
  readonly join: (...parts: string[]) => string;
  readonly resolve: (...parts: string[]) => string;
  readonly dirname: (path: string) => string;
  readonly isAbsolute: (path: string) => boolean;
  /** The names in a path from the top, in the form in which they are compared. */
  segments(path: string): string[];
}

export function pathsOf(platform: NodeJS.Platform): Paths {
  const { join, resolve, dirname, isAbsolute } = platform === 'win32' ? win32 : posix;
  return { join, resolve, dirname, isAbsolute, segments: (path) => segmentsOf(path, platform) };
}

/**
 * Windows and macOS do not tell capitals from small letters, macOS may decompose accents, and Windows
 * drops dots and spaces at the end of a name and writes long paths as `\\?\`.
 */
function segmentsOf(path: string, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    const plain = path.replace(/^[\\/]{2}[?.][\\/](UNC[\\/])?/i, '');
    return compared(plain.split(/[\\/]+/).map((name) => name.replace(/(?<=[^. ])[. ]+$/, '')));
  }
  // On macOS the user's part of the system volume is seen in two places.
  if (platform === 'darwin') return compared(path.replace(/^\/System\/Volumes\/Data(?=\/)/i, '').split('/'));
  return path.split('/').filter((name) => name !== '');
}

function compared(names: readonly string[]): string[] {
  return names.filter((name) => name !== '').map((name) => name.normalize('NFC').toLowerCase());
}

/** A chain of links longer than this is a circle; Linux gives up at 40 too, path_resolution(7). */
const MOST_LINKS = 40;

/** Where a folder lies, or would lie once it is made: links resolved, also those that lead nowhere yet. */
export async function realFolder(folder: string, machine: Machine): Promise<string> {
  const paths = pathsOf(machine.platform);
  let at = paths.resolve(folder);
  let rest: string[] = [];
  for (let links = 0; links < MOST_LINKS;) {
    const real = await machine.realpath(at);
    if (real !== undefined) return paths.join(real, ...rest);
    const target = await machine.readlink(at);
    const above = paths.dirname(at);
    if (target !== undefined) {
      at = paths.resolve((await machine.realpath(above)) ?? above, target);
      links += 1;
    } else if (above === at) {
      break;
    } else {
      rest = [at.slice(above.length).replace(/^[\\/]/, ''), ...rest];
      at = above;
    }
  }
  return paths.join(at, ...rest);
}
