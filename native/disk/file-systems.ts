/** What the kind of a file system alone says about overwriting on it. */
export interface FileSystemKind {
  readonly name: string;
  readonly at: 'device' | 'memory' | 'network' | 'unknown';
  /** True when an overwrite goes to another place than the old bytes; undefined when it depends on the file. */
  readonly copyOnWrite: boolean | undefined;
}

const device = (name: string, copyOnWrite?: boolean): FileSystemKind => ({ name, at: 'device', copyOnWrite });
const network = (name: string): FileSystemKind => ({ name, at: 'network', copyOnWrite: undefined });
const memory = (name: string): FileSystemKind => ({ name, at: 'memory', copyOnWrite: false });

/**
 * `f_type` of statfs(2) on Linux. Numbers from the kernel's include/uapi/linux/magic.h and statfs(2);
 * those that are in neither from the sources of the file system: zfs (ZFS_SUPER_MAGIC, openzfs
 * include/sys/fs/zfs.h), ntfs3 (fs/ntfs3/super.c), bcachefs (fs/bcachefs), apfs (NXSB, as hfsplus "H+").
 * f2fs and nilfs2 write a log and so never in place; xfs does so only for files that share blocks.
 */
const KINDS: ReadonlyMap<number, FileSystemKind> = new Map([
  [0xef53, device('ext', false)],
  [0x58465342, device('xfs')],
  [0x9123683e, device('btrfs', true)],
  [0x2fc12fc1, device('zfs', true)],
  [0xca451a4e, device('bcachefs', true)],
  [0x4253584e, device('apfs', true)],
  [0xf2f52010, device('f2fs', true)],
  [0x3434, device('nilfs2', true)],
  [0x794c7630, { name: 'overlay', at: 'unknown', copyOnWrite: true }],
  [0x7366746e, device('ntfs', false)],
  [0x2011bab0, device('exfat', false)],
  [0x4d44, device('vfat', false)],
  [0x482b, device('hfsplus', false)],
  [0x01021994, memory('tmpfs')],
  [0x858458f6, memory('ramfs')],
  [0x6969, network('nfs')],
  [0x517b, network('smb')],
  [0xff534d42, network('smb')],
  [0xfe534d42, network('smb')],
  [0x00c36400, network('ceph')],
  [0x5346414f, network('afs')],
  [0x6b414653, network('afs')],
  // What a virtual machine, WSL or a program shows of another file system: nothing is known of what lies below.
  [0x01021997, { name: '9p', at: 'unknown', copyOnWrite: undefined }],
  [0x65735546, { name: 'fuse', at: 'unknown', copyOnWrite: undefined }],
]);

/** Programs that show a server's files as a folder; other FUSE file systems may lie anywhere. */
const NETWORK_FUSE = new Set(['fuse.sshfs', 'fuse.glusterfs']);
/** Kinds that share one number in statfs(2) and are told apart by the type in the mount table. */
const REFINED = /^(ext[234]|fuse\..+|fuseblk|virtiofs)$/;

/**
 * @param magic `f_type` as node gives it
 * @param mountType type in the mount table, where it was found
 */
export function kindOf(magic: bigint, mountType: string | undefined): FileSystemKind {
  // A C long: the high numbers come out negative on 32 bits.
  const number = Number(BigInt.asUintN(32, magic));
  const known = KINDS.get(number);
  if (!known) return { name: `unknown:0x${number.toString(16)}`, at: 'unknown', copyOnWrite: undefined };
  if (!mountType || !REFINED.test(mountType) || !['ext', 'fuse'].includes(known.name)) return known;
  return { ...known, name: mountType, at: NETWORK_FUSE.has(mountType) ? 'network' : known.at };
}

/**
 * A UNC path (`\\server\share\…`) that leads to another machine. `\\?\` and `\\.\` are notations for
 * devices, `\\wsl$` is a virtual machine, and a machine can name itself.
 */
export function isNetworkPath(path: string, ownName: string | undefined): boolean {
  const plain = path.replace(/^[\\/]{2}[?.][\\/]UNC[\\/]/i, '\\\\');
  const server = /^[\\/]{2}([^\\/@]+)(?:@[^\\/]*)?[\\/][^\\/]+/.exec(plain)?.[1]?.toLowerCase();
  if (server === undefined) return false;
  const here = ['?', '.', 'localhost', '127.0.0.1', '--1.ipv6-literal.net', 'wsl$', 'wsl.localhost'];
  return !here.includes(server) && server !== ownName?.toLowerCase();
}
