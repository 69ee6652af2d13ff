import { mkdirSync, symlinkSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thisMachine, type Machine } from '../../native/vault/machine.ts';
import { refusalOf } from '../../native/vault/root-rules.ts';
import { drawn, type Drawn } from '../fixtures/machines.ts';
import { workFolder } from '../fixtures/product.ts';

const LINUX: Drawn = { platform: 'linux', home: '/home/jan' };
const MAC: Drawn = { platform: 'darwin', home: '/Users/jan' };
const WINDOWS: Drawn = {
  platform: 'win32',
  home: 'C:\\Users\\jan',
  env: {
    OneDrive: 'C:\\Users\\jan\\OneDrive - De Regenboog',
    OneDriveCommercial: 'E:\\Werk',
    APPDATA: 'C:\\Users\\jan\\AppData\\Roaming',
    LOCALAPPDATA: 'C:\\Users\\jan\\AppData\\Local',
    HOMESHARE: '\\\\dc01\\thuis$\\jan',
    SystemRoot: 'C:\\Windows',
  },
};
const network = { medium: 'network', removable: undefined } as const;
const ask = (folder: string, machine: Drawn | Machine, allowLocal = true) =>
  refusalOf(folder, { allowLocal }, 'storage' in machine && 'realpath' in machine ? machine : drawn(machine as Drawn));

describe('Windows', () => {
  it.each<[string, string | undefined]>([
    ['C:\\Users\\jan\\Desktop', 'desktop'],
    ['c:/users/JAN/desktop/kluis', 'desktop'],
    ['\\\\?\\C:\\Users\\jan\\Desktop\\kluis', 'desktop'],
    ['C:\\Users\\jan\\Desktop.\\kluis', 'desktop'],
    ['C:\\Users\\jan\\Bureaublad\\kluis', 'desktop'],
    ['C:\\Users\\Public\\Desktop\\kluis', 'desktop'],
    ['C:\\Users\\piet\\Documents\\kluis', 'documents'],
    ['\\\\dc01\\thuis$\\jan\\Desktop\\kluis', 'desktop'],
    ['C:\\Users\\jan\\Downloads\\kluis', 'downloads'],
    ['C:\\Users\\jan\\Documenten\\kluis', 'documents'],
    ['C:\\Users\\jan\\OneDrive\\kluis', 'cloud-onedrive'],
    ['C:\\Users\\jan\\OneDrive - De Regenboog\\Desktop\\kluis', 'cloud-onedrive'],
    ['D:\\OneDrive - Andere School\\kluis', 'cloud-onedrive'],
    ['E:\\Werk\\kluis', 'cloud-onedrive'],
    ['\\\\school.sharepoint.com@SSL\\DavWWWRoot\\les', 'cloud-onedrive'],
    ['C:\\Users\\jan\\Dropbox (School)\\kluis', 'cloud-dropbox'],
    ['G:\\Mijn Drive\\kluis', 'cloud-google-drive'],
    ['G:\\Shared drives\\Team\\kluis', 'cloud-google-drive'],
    ['C:\\Users\\jan\\My Drive (jan@school.nl)\\kluis', 'cloud-google-drive'],
    ['C:\\Users\\jan\\iCloudDrive\\kluis', 'cloud-icloud'],
    ['C:\\Users\\jan\\AppData\\Local\\Temp\\kluis', 'temporary'],
    ['C:\\Windows\\Temp\\kluis', 'temporary'],
    ['C:\\Users\\jan\\MyOneDriveBackup\\kluis', undefined],
    ['C:\\Users\\jan\\OneDriver\\kluis', undefined],
    ['C:\\Users\\jan\\Desktops\\kluis', undefined],
    ['C:\\Users\\jan\\kluis\\Desktop', undefined],
    ['D:\\kluis', undefined],
    ['\\\\dc01\\Shared drives\\kluis', undefined],
  ])('%s: %s', async (folder, refusal) => {
    expect(await ask(folder, WINDOWS)).toBe(refusal);
  });

  it('finds where Dropbox was put, in either place where it may say so', async () => {
    const info = JSON.stringify({ personal: { path: 'D:\\Doos', host: 1 }, business: { path: 'D:\\Zaak' } });
    for (const at of ['Roaming', 'Local']) {
      const machine = { ...WINDOWS, texts: { [`C:\\Users\\jan\\AppData\\${at}\\Dropbox\\info.json`]: info } };
      expect(await ask('d:\\doos\\kluis', machine)).toBe('cloud-dropbox');
      expect(await ask('D:\\Zaak', machine)).toBe('cloud-dropbox');
      expect(await ask('D:\\Doosje', machine)).toBe(undefined);
    }
  });

  it('follows a mapped drive to its share, and a junction to the desktop', async () => {
    const links = { 'S:\\': '\\\\dc01\\les\\', 'C:\\kluis': 'C:\\Users\\jan\\Desktop\\x' };
    const machine = { ...WINDOWS, links, storage: { '\\\\dc01': network } };
    expect(await ask('S:\\kluis', machine, false)).toBe(undefined);
    expect(await ask('C:\\kluis', machine, false)).toBe('desktop');
    expect(await ask('D:\\kluis', machine, false)).toBe('local');
  });
});

describe('macOS', () => {
  it.each<[string, string | undefined]>([
    ['/Users/jan/Desktop/kluis', 'desktop'],
    ['/users/JAN/DESKTOP', 'desktop'],
    ['/System/Volumes/Data/Users/jan/Downloads/kluis', 'downloads'],
    ['/Users/jan/Library/Mobile Documents/com~apple~CloudDocs/kluis', 'cloud-icloud'],
    ['/Users/jan/Library/Mobile Documents/iets', 'cloud-icloud'],
    ['/Users/jan/Library/CloudStorage/OneDrive-DeRegenboog/kluis', 'cloud-onedrive'],
    ['/Users/jan/Library/CloudStorage/GoogleDrive-jan@school.nl/Mijn Drive', 'cloud-google-drive'],
    ['/Users/jan/Library/CloudStorage/Dropbox/kluis', 'cloud-dropbox'],
    ['/Users/jan/Library/CloudStorage/Box-Box/kluis', 'cloud-other'],
    ['/Volumes/STICK/kluis', 'removable'],
    ['/Volumes/Macintosh HD/kluis', undefined],
    ['/Volumes/GoogleDrive/My Drive/kluis', 'cloud-google-drive'],
    ['/private/var/folders/ab/cd/T/kluis', 'temporary'],
    ['/tmp/kluis', 'temporary'],
    ['/private/tmp/kluis', 'temporary'],
    ['/Users/jan/Kluis', undefined],
  ])('%s: %s', async (folder, refusal) => {
    const links = { '/Volumes/Macintosh HD': '/', '/tmp': '/private/tmp' };
    expect(await ask(folder, { ...MAC, links })).toBe(refusal);
  });

  it('knows a name with an accent, however it is written', async () => {
    const texts = { '/Users/jan/.dropbox/info.json': JSON.stringify({ personal: { path: '/Users/jan/Caf\u00e9' } }) };
    expect(await ask('/Users/jan/Cafe\u0301/kluis', { ...MAC, texts })).toBe('cloud-dropbox');
  });

  it('takes a share for a share, wherever it is mounted', async () => {
    const machine = { ...MAC, storage: { '/Volumes/les': network } };
    expect(await ask('/Volumes/les/kluis', machine, false)).toBe(undefined);
  });
});

describe('Linux', () => {
  const config = [
    '# gemaakt door xdg-user-dirs-update',
    'XDG_DESKTOP_DIR="$HOME/Werk\\ blad"',
    'XDG_DOWNLOAD_DIR="/data/binnen"',
    'XDG_DOCUMENTS_DIR="$HOME/"',
  ].join('\n');

  it.each<[string, string | undefined]>([
    ['/home/jan/Bureaublad/kluis', 'desktop'],
    ['/home/jan/Werk blad/kluis', 'desktop'],
    ['/data/binnen', 'downloads'],
    ['/data/binnenste', undefined],
    ['/home/jan/Documents', 'documents'],
    ['/home/jan/documents', undefined],
    ['/home/jan/OneDrive/kluis', 'cloud-onedrive'],
    ['/run/user/1000/gvfs/google-drive:host=school.nl,user=jan/kluis', 'cloud-google-drive'],
    ['/media/jan/STICK/kluis', 'removable'],
    ['/run/media/jan/STICK', 'removable'],
    ['/mnt/stick/kluis', 'removable'],
    ['/mediatheek/kluis', undefined],
    ['/media/les/kluis', undefined],
    ['/var/tmp/kluis', 'temporary'],
    ['/run/shm/kluis', 'temporary'],
    ['/home/jan/kluis', undefined],
  ])('%s: %s', async (folder, refusal) => {
    const machine: Drawn = {
      ...LINUX,
      texts: { '/home/jan/.config/user-dirs.dirs': config },
      storage: {
        '/mnt/stick': { medium: 'ssd', removable: true },
        '/media/les': network,
        '/run/shm': { medium: 'memory', removable: undefined },
      },
    };
    expect(await ask(folder, machine)).toBe(refusal);
  });

  it("of root: the neighbours of its home are no homes, and a home's place elsewhere counts", async () => {
    expect(await ask('/srv/Documents', { ...LINUX, home: '/root' })).toBe(undefined);
    expect(await ask('/root/Documents', { ...LINUX, home: '/root' })).toBe('documents');
  });

  it('tells the gravest of two reasons', async () => {
    const links = { '/home/jan/Desktop': '/home/jan/Dropbox/Desktop' };
    expect(await ask('/home/jan/Desktop/kluis', { ...LINUX, links })).toBe('cloud-dropbox');
  });
});

describe('a local folder', () => {
  it.each([LINUX, MAC, WINDOWS])('on $platform waits for leave, and leave opens nothing else', async (machine) => {
    const { join } = machine.platform === 'win32' ? win32 : posix;
    const plain = join(machine.home, 'kluis');
    expect(await ask(plain, machine, false)).toBe('local');
    expect(await ask(plain, machine, true)).toBe(undefined);
    for (const allowLocal of [true, false])
      expect(await ask(join(machine.home, 'Desktop', 'kluis'), machine, allowLocal)).toBe('desktop');
  });
});

describe('links', () => {
  it('that lead nowhere yet, and folders still to be made, are followed on paper', async () => {
    const links = { '/srv/kluis': '../home/jan/Desktop/nieuw' };
    const existing = ['/srv', '/home/jan'];
    const machine = drawn({ ...LINUX, existing });
    const dangling = { ...machine, readlink: async (path: string) => links[path as keyof typeof links] };
    expect(await ask('/srv/kluis/a/b', dangling)).toBe('desktop');
    expect(await ask('/srv/ander/a/b', dangling)).toBe(undefined);
    const circle = { ...machine, readlink: async (path: string) => (path === '/srv/a' ? '/srv/a' : undefined) };
    expect(await ask('/srv/a', circle)).toBe(undefined);
  });

  it('on a real disk lead where they lead', async () => {
    const folder = workFolder();
    const home = join(folder.path, 'thuis');
    mkdirSync(join(home, 'echt'), { recursive: true });
    // The desktop itself is a link, and so is the way to it.
    symlinkSync(join(home, 'echt'), join(home, 'Bureaublad'));
    symlinkSync(join(home, 'echt', 'nog', 'niet'), join(folder.path, 'wijzer'));
    const machine: Machine = { ...thisMachine(), home, temporary: '/nergens', env: {} };
    const onDisk = { ...machine, storage: async () => ({ medium: 'ssd', removable: false }) as const };
    expect(await ask(join(folder.path, 'wijzer', 'kluis'), onDisk)).toBe('desktop');
    expect(await ask(join(home, 'echt', 'kluis'), onDisk)).toBe('desktop');
    folder.remove();
  });
});

describe('for any path', () => {
  const name = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,4})?$/);
  const deeper = fc.array(name, { maxLength: 4 });
  const refused = ['Desktop', 'Bureaublad', 'Downloads', 'OneDrive', 'OneDrive - School', 'Dropbox', 'Google Drive'];
  const systems = fc.constantFrom(LINUX, MAC, WINDOWS);
  const pathOf = ({ platform, home }: Drawn, ...names: string[]) =>
    (platform === 'win32' ? win32 : posix).join(home, ...names);

  it('inside a refused folder, at whatever depth, it is refused', async () => {
    await fc.assert(
      fc.asyncProperty(systems, fc.constantFrom(...refused), deeper, async (machine, root, names) => {
        expect(await ask(pathOf(machine, root, ...names), machine)).toBe(await ask(pathOf(machine, root), machine));
        expect(await ask(pathOf(machine, root), machine)).toMatch(/desktop|downloads|cloud/);
      }),
    );
  });

  it('a name that only contains a refused name is not refused', async () => {
    const letters = fc.stringMatching(/^[a-z]{1,6}$/);
    await fc.assert(
      fc.asyncProperty(systems, fc.constantFrom(...refused), letters, deeper, async (machine, root, more, names) => {
        expect(await ask(pathOf(machine, `${more}${root}`, ...names), machine)).toBe(undefined);
        if (root !== 'OneDrive - School')
          expect(await ask(pathOf(machine, `${root}${more}x`, ...names), machine)).toBe(undefined);
      }),
    );
  });

  it('capitals matter on Linux only', async () => {
    const cased = fc
      .tuple(fc.constantFrom(...refused), fc.infiniteStream(fc.boolean()))
      .map(([root, flips]) =>
        [...root].map((letter) => (flips.next().value ? letter.toUpperCase() : letter.toLowerCase())).join(''),
      );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(MAC, WINDOWS), cased, async (machine, root) => {
        expect(await ask(pathOf(machine, root), machine)).toMatch(/desktop|downloads|cloud/);
      }),
    );
    expect(await ask('/home/jan/DESKTOP', LINUX)).toBe(undefined);
  });
});
