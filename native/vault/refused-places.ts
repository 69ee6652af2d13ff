import { z } from 'zod';
import type { RootRefusal } from '../../core/vault/errors.ts';
import { pathsOf, type Machine } from './machine.ts';

/** A folder in which no vault may lie, at any depth. */
export interface RefusedPlace {
  readonly refusal: RootRefusal;
  readonly folder: string;
}

/** As they are called on disk in English and Dutch; "My Documents" is what Windows before Vista made. */
const HOME_FOLDERS: readonly (readonly [string, RootRefusal])[] = [
  ['Desktop', 'desktop'],
  ['Bureaublad', 'desktop'],
  ['Downloads', 'downloads'],
  ['Documents', 'documents'],
  ['Documenten', 'documents'],
  ['My Documents', 'documents'],
  ['Mijn documenten', 'documents'],
];

/**
 * What the clients call the folder they keep in step, wherever the user put it: OneDrive adds " - School",
 * Dropbox and Google "(School)". `com~apple~CloudDocs` is iCloud Drive; the last two are GNOME's mounts.
 */
const CLOUD_NAMES: readonly (readonly [string, RootRefusal])[] = [
  ['^OneDrive( - .+)?$', 'cloud-onedrive'],
  ['^Dropbox( \\(.+\\))?$', 'cloud-dropbox'],
  ['^Google ?Drive( \\(.+\\))?$', 'cloud-google-drive'],
  ['^iCloud ?Drive$', 'cloud-icloud'],
  ['^com~apple~CloudDocs$', 'cloud-icloud'],
  ['^google-drive:', 'cloud-google-drive'],
  ['^onedrive:', 'cloud-onedrive'],
];

/** How the providers of ~/Library/CloudStorage begin their names: `OneDrive-School`, `GoogleDrive-jan@school.nl`. */
const MAC_PROVIDERS: readonly (readonly [string, RootRefusal])[] = [
  ['onedrive', 'cloud-onedrive'],
  ['dropbox', 'cloud-dropbox'],
  ['googledrive', 'cloud-google-drive'],
  ['iclouddrive', 'cloud-icloud'],
];

/** The top of Google's own drive letter, and the folder in the home when it mirrors. */
const GOOGLE_DRIVE = /^(my drive|mijn drive|shared drives|gedeelde drives)( \(.+\))?$/i;
/** SharePoint and OneDrive opened as a WebDAV share: `\\school.sharepoint.com@SSL\DavWWWRoot`. */
const MICROSOFT_SHARE = /(\.sharepoint\.com|docs\.live\.net)(@.*)?$/;

/** @returns what the names in a path give away, wherever it lies */
export function refusalsByName(path: string, machine: Machine): RootRefusal[] {
  const { platform } = machine;
  const names = pathsOf(platform).segments(path);
  const [top = '', second = ''] = names;
  const flags = platform === 'linux' ? '' : 'i';
  const found = CLOUD_NAMES.flatMap(([pattern, refusal]) => {
    const called = new RegExp(pattern, flags);
    return names.some((name) => called.test(name)) ? [refusal] : [];
  });
  if (platform === 'win32' && MICROSOFT_SHARE.test(top)) found.push('cloud-onedrive');
  if (platform === 'win32' && top.endsWith(':') && GOOGLE_DRIVE.test(second)) found.push('cloud-google-drive');
  if (platform === 'darwin') found.push(...macProvider(names));
  return [...found, ...inSomeHome(names, machine)];
}

function macProvider(names: readonly string[]): RootRefusal[] {
  const storage = names.findIndex((name, at) => name === 'cloudstorage' && names[at - 1] === 'library');
  const provider = names[storage + 1];
  if (storage < 0 || provider === undefined) return [];
  return [MAC_PROVIDERS.find(([begin]) => provider.startsWith(begin))?.[1] ?? 'cloud-other'];
}

/** The same folders of other users lie beside ours. */
function inSomeHome(names: readonly string[], machine: Machine): RootRefusal[] {
  const paths = pathsOf(machine.platform);
  const homes = paths.segments(paths.dirname(machine.home));
  // A home right under the root, as root's own, does not make its neighbours homes.
  const name = names[homes.length + 1];
  const inside = homes.length > 0 && homes.every((segment, at) => segment === names[at]);
  if (!inside || name === undefined) return [];
  if (GOOGLE_DRIVE.test(name)) return ['cloud-google-drive'];
  return HOME_FOLDERS.filter(([folder]) => paths.segments(folder)[0] === name).map(([, refusal]) => refusal);
}

/** @returns the folders this very machine and user keep in places of their own choice, clouds first */
export async function refusedPlaces(machine: Machine): Promise<RefusedPlace[]> {
  const { env, home } = machine;
  const paths = pathsOf(machine.platform);
  // Schools redirect the home to a share, and tell so in these.
  const homes = [home, env['USERPROFILE'], env['HOMESHARE'], `${env['HOMEDRIVE'] ?? ''}${env['HOMEPATH'] ?? ''}`];
  const places: RefusedPlace[] = [
    ...placesAt('cloud-onedrive', [env['OneDrive'], env['OneDriveCommercial'], env['OneDriveConsumer']]),
    ...placesAt('cloud-dropbox', await dropboxFolders(machine)),
    ...placesAt('cloud-icloud', [paths.join(home, 'Library', 'Mobile Documents')]),
    ...homes.flatMap((at) =>
      at ? HOME_FOLDERS.map(([name, refusal]) => ({ refusal, folder: paths.join(at, name) })) : [],
    ),
    ...(await xdgFolders(machine)),
    ...placesAt('temporary', temporaryFolders(machine)),
  ];
  // A setting may name a whole disk, or the home itself: that says nothing of the folders in it.
  const own = paths.segments(home).join('/');
  return places.filter(({ folder }) => {
    const names = paths.segments(folder);
    return paths.isAbsolute(folder) && names.length > 0 && !/^[a-z]:$/.test(names.join('/')) && names.join('/') !== own;
  });
}

function placesAt(refusal: RootRefusal, folders: readonly (string | undefined)[]): RefusedPlace[] {
  return folders.flatMap((folder) => (folder ? [{ refusal, folder }] : []));
}

function temporaryFolders({ platform, temporary, env }: Machine): (string | undefined)[] {
  const own = [temporary, env['TMPDIR'], env['TEMP'], env['TMP']];
  if (platform === 'win32') return [...own, env['SystemRoot'] && `${env['SystemRoot']}\\Temp`];
  return [...own, '/tmp', '/var/tmp', '/dev/shm', ...(platform === 'darwin' ? ['/private/var/folders'] : [])];
}

const DropboxInfo = z.record(z.string(), z.object({ path: z.string().optional() }));

/** Where Dropbox says it keeps its folders: https://help.dropbox.com/installs/locate-dropbox-folder */
async function dropboxFolders({ platform, env, home, readText }: Machine): Promise<(string | undefined)[]> {
  const { join } = pathsOf(platform);
  const settings = platform === 'win32' ? [env['APPDATA'], env['LOCALAPPDATA']] : [join(home, '.dropbox')];
  const folders: (string | undefined)[] = [];
  for (const at of settings) {
    if (!at) continue;
    const text = await readText(platform === 'win32' ? join(at, 'Dropbox', 'info.json') : join(at, 'info.json'));
    folders.push(...accountsIn(text ?? '').map(({ path }) => path));
  }
  return folders;
}

function accountsIn(text: string): { path?: string | undefined }[] {
  try {
    return Object.values(DropboxInfo.safeParse(JSON.parse(text)).data ?? {});
  } catch {
    return [];
  }
}

const XDG = { DESKTOP: 'desktop', DOWNLOAD: 'downloads', DOCUMENTS: 'documents' } as const;

/** ~/.config/user-dirs.dirs, user-dirs.dirs(5): `XDG_DESKTOP_DIR="$HOME/Bureaublad"`; just `$HOME/` means none. */
async function xdgFolders({ platform, env, home, readText }: Machine): Promise<RefusedPlace[]> {
  if (platform === 'win32' || platform === 'darwin') return [];
  const { join } = pathsOf(platform);
  const text = (await readText(join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'user-dirs.dirs'))) ?? '';
  const lines = text.matchAll(/^\s*XDG_(DESKTOP|DOWNLOAD|DOCUMENTS)_DIR="((?:[^"\\]|\\.)*)"/gm);
  return [...lines].map(([, kind = '', value = '']) => ({
    refusal: XDG[kind as keyof typeof XDG],
    folder: value.replace(/\\(.)/g, '$1').replace(/^\$HOME(?=\/|$)/, () => home),
  }));
}
