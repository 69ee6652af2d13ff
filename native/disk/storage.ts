import { access, readdir, readFile, realpath, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isNetworkPath, kindOf, type FileSystemKind } from './file-systems.ts';
import { mountOf, parseMounts, type Mount } from './mounts.ts';

/** What is known of the medium a file lies on, for the honesty of a certificate. */
export interface StorageFacts {
  /** 'ext4', 'btrfs', 'overlay', 'nfs', 'smb', 'tmpfs' …, or `unknown:0x…` with what statfs said. */
  readonly fileSystem: string;
  readonly medium: 'ssd' | 'disk' | 'memory' | 'network' | 'unknown';
  readonly removable: boolean | undefined;
  readonly copyOnWrite: boolean | undefined;
  readonly snapshots: 'seen' | 'none-seen' | 'unknown';
  readonly overwriteReliable: 'no' | 'best-effort';
}

/**
 * Never throws: what cannot be told is 'unknown'. The path need not exist yet. Without starting a
 * process, Windows tells no more than whether it is a share, and macOS nothing: its `f_type` is a number
 * the kernel gives out as file systems are loaded.
 */
export async function probeStorage(path: string): Promise<StorageFacts> {
  const real = await nearest(resolve(path));
  if (process.platform === 'linux') return probeLinux(real);
  const type = await statfs(real, { bigint: true }).then(
    (found) => found.type,
    () => 0n,
  );
  const share = process.platform === 'win32' && isNetworkPath(real, process.env['COMPUTERNAME']);
  const fileSystem = share ? 'smb' : `unknown:0x${type.toString(16)}`;
  const medium = share ? 'network' : 'unknown';
  return { fileSystem, medium, ...NOTHING_KNOWN };
}

const NOTHING_KNOWN = {
  removable: undefined,
  copyOnWrite: undefined,
  snapshots: 'unknown',
  overwriteReliable: 'no',
} as const;

async function probeLinux(real: string): Promise<StorageFacts> {
  let kind: FileSystemKind;
  let mount: Mount | undefined;
  try {
    mount = mountOf(real, parseMounts(await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')));
    kind = kindOf((await statfs(real, { bigint: true })).type, mount?.type);
  } catch {
    return { fileSystem: 'unknown:0x0', medium: 'unknown', ...NOTHING_KNOWN };
  }
  const block = kind.at === 'device' && mount ? await blockOf(mount) : undefined;
  const facts = {
    fileSystem: kind.name,
    medium: kind.at === 'device' ? (block?.medium ?? 'unknown') : kind.at,
    removable: kind.at === 'device' ? block?.removable : undefined,
    copyOnWrite: kind.copyOnWrite,
    snapshots: mount ? await snapshotsAt(mount.point, kind) : 'unknown',
  } as const;
  return { ...facts, overwriteReliable: reliability(facts, mount?.options ?? []) };
}

/**
 * An overwrite reaches the old bytes only where they are overwritten in place: on a spinning disk or in
 * memory, under a file system that neither copies on write nor journals data (ext4(5) data=journal). Even
 * there it is an effort, not a proof: remapped sectors and swap stay out of reach.
 */
export function reliability(
  facts: Pick<StorageFacts, 'medium' | 'copyOnWrite' | 'snapshots'>,
  options: readonly string[],
): StorageFacts['overwriteReliable'] {
  const inPlace = facts.copyOnWrite === false && facts.snapshots !== 'seen' && !options.includes('data=journal');
  return inPlace && (facts.medium === 'disk' || facts.medium === 'memory') ? 'best-effort' : 'no';
}

interface Block {
  readonly medium: 'ssd' | 'disk' | 'memory' | 'unknown';
  readonly removable: boolean | undefined;
}

async function blockOf(mount: Mount): Promise<Block | undefined> {
  let device = mount.device;
  try {
    // btrfs and others show no block device of their own, but name one.
    if (device.startsWith('0:')) {
      if (!mount.source.startsWith('/dev/')) return undefined;
      device = deviceNumber((await stat(mount.source, { bigint: true })).rdev);
    }
    return await blockAt(join('/sys/dev/block', device));
  } catch {
    return undefined;
  }
}

/** `MAJ:MIN` of a dev_t as glibc packs it, gnu_dev_major(3) and gnu_dev_minor(3). */
export function deviceNumber(rdev: bigint): string {
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & ~0xfffn);
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}

/** What sysfs says of a block device; encrypted, mapped and RAID devices are asked for what they lie on. */
export async function blockAt(place: string): Promise<Block> {
  const here = await realpath(place);
  const disk = (await exists(join(here, 'partition'))) ? dirname(here) : here;
  const below = await readdir(join(disk, 'slaves')).catch(() => []);
  if (below.length > 0) {
    const blocks = await Promise.all(below.map((name) => blockAt(join(disk, 'slaves', name))));
    const [first, ...others] = blocks.map(({ medium }) => medium);
    return {
      medium: first !== undefined && others.every((other) => other === first) ? first : 'unknown',
      removable: blocks.some(({ removable }) => removable)
        ? true
        : blocks.find(({ removable }) => removable === undefined)
          ? undefined
          : false,
    };
  }
  const rotational = await flag(join(disk, 'queue', 'rotational'));
  return { medium: mediumOf(disk, rotational), removable: await isRemovable(disk) };
}

function mediumOf(disk: string, rotational: boolean | undefined): Block['medium'] {
  if (/\/block\/(zram|ram)\d+$/.test(disk)) return 'memory';
  // The disk of a virtual machine is a file somewhere, a loop device too; what they say of turning means nothing.
  if (/\/virtio\d+\/|\/virtual\//.test(disk) || rotational === undefined) return 'unknown';
  return rotational ? 'disk' : 'ssd';
}

/** The flag says only that the medium leaves the drive: a stick has it, a USB disk or SD card may not. */
async function isRemovable(disk: string): Promise<boolean | undefined> {
  if (/\/usb\d+\//.test(disk)) return true;
  const card = await readFile(join(disk, 'device', 'type'), 'utf8').catch(() => '');
  return card.trim() === 'SD' ? true : flag(join(disk, 'removable'));
}

async function flag(path: string): Promise<boolean | undefined> {
  const text = (await readFile(path, 'utf8').catch(() => '')).trim();
  return text === '1' ? true : text === '0' ? false : undefined;
}

/** Where snapshots are kept in sight: snapper on btrfs, zfs, and NetApp and the like over NFS and SMB. */
const SNAPSHOT_FOLDERS = ['.snapshots', '.zfs/snapshot', '.snapshot', '~snapshot'];

export async function snapshotsAt(point: string, kind: Pick<FileSystemKind, 'at'>): Promise<StorageFacts['snapshots']> {
  if (kind.at === 'memory') return 'none-seen';
  let seen: StorageFacts['snapshots'] = 'unknown';
  for (const name of SNAPSHOT_FOLDERS) {
    const names = await readdir(join(point, name)).catch(() => undefined);
    if (names && names.length > 0) return 'seen';
    if (names) seen = 'none-seen';
  }
  return seen;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The real path of the nearest folder that exists. */
async function nearest(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const real = await realpath(at).catch(() => undefined);
    if (real !== undefined || dirname(at) === at) return real ?? at;
  }
}
