import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isNetworkPath, kindOf } from '../../native/disk/file-systems.ts';
import { mountOf, parseMounts } from '../../native/disk/mounts.ts';
import { blockAt, deviceNumber, probeStorage, reliability, snapshotsAt } from '../../native/disk/storage.ts';
import { workFolder } from '../fixtures/product.ts';

const TABLE = String.raw`22 1 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw,data=journal
40 27 0:44 /@home /home rw,relatime shared:9 - btrfs /dev/sda2 rw,ssd,subvolid=257
41 27 0:50 / /mnt/School\040schijf\0112 rw - cifs //dc01/les\134a rw,vers=3.1.1
42 27 8:17 / /media/jan/STICK rw,nosuid - vfat /dev/sdb1 rw
43 42 8:33 / /media/jan/STICK rw,nosuid - ext4 /dev/sdc1 rw
44 27 0:60 / /none rw - tmpfs  rw
broken line
45 27 0:61 / /half rw -`;

describe('the mount table', () => {
  const mounts = parseMounts(TABLE);

  it('reads lines with and without optional fields, escapes, an empty source, and leaves out what is broken', () => {
    expect(mounts.map(({ point }) => point)).toEqual([
      '/proc',
      '/',
      '/home',
      '/mnt/School schijf\t2',
      '/media/jan/STICK',
      '/media/jan/STICK',
      '/none',
    ]);
    expect(mounts[1]).toEqual({
      device: '254:0',
      point: '/',
      type: 'ext4',
      source: '/dev/vda',
      options: ['rw', 'data=journal'],
    });
    expect(mounts[3]).toMatchObject({ type: 'cifs', source: '//dc01/les\\a' });
  });

  it.each([
    ['/home/jan/kluis', '/home', 'btrfs'],
    ['/home', '/home', 'btrfs'],
    ['/homework', '/', 'ext4'],
    ['/media/jan/STICK/a', '/media/jan/STICK', 'ext4'],
    ['/mnt/School schijf\t2/x', '/mnt/School schijf\t2', 'cifs'],
  ])('%s lies on %s', (path, point, type) => {
    expect(mountOf(path, mounts)).toMatchObject({ point, type });
  });

  it('of any path is one that holds it, and none that holds it is longer', () => {
    const part = fc.constantFrom('a', 'ab', 'b', 'home');
    const paths = fc.array(part, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(paths, fc.array(paths), (path, points) => {
        const list = points.map((point) => ({ device: '0:1', point, type: 'x', source: 's', options: [] }));
        const holds = points.filter((point) => `${path}/`.startsWith(point === '/' ? '/' : `${point}/`));
        const longest = Math.max(-1, ...holds.map(({ length }) => length));
        expect(mountOf(path, list)?.point.length ?? -1).toBe(longest);
      }),
    );
  });
});

describe('the kind of a file system', () => {
  it.each<[number, string | undefined, string, string, boolean | undefined]>([
    [0xef53, 'ext4', 'ext4', 'device', false],
    [0xef53, undefined, 'ext', 'device', false],
    [0x9123683e, 'btrfs', 'btrfs', 'device', true],
    [0x794c7630, 'overlay', 'overlay', 'unknown', true],
    [0xfe534d42, 'cifs', 'smb', 'network', undefined],
    [0xff534d42, 'cifs', 'smb', 'network', undefined],
    [0x6969, 'nfs4', 'nfs', 'network', undefined],
    [0x01021994, 'tmpfs', 'tmpfs', 'memory', false],
    [0x65735546, 'fuse.sshfs', 'fuse.sshfs', 'network', undefined],
    [0x65735546, 'fuse.rclone', 'fuse.rclone', 'unknown', undefined],
    [0x65735546, 'fuseblk', 'fuseblk', 'unknown', undefined],
    [0x01021997, '9p', '9p', 'unknown', undefined],
    [0xabcdef, 'ext4', 'unknown:0xabcdef', 'unknown', undefined],
    [0x9123683e, 'ext4', 'btrfs', 'device', true],
  ])('number %d of type %s is %s', (magic, type, name, at, copyOnWrite) => {
    expect(kindOf(BigInt(magic), type)).toEqual({ name, at, copyOnWrite });
  });

  it('is known too where the number comes out negative', () => {
    expect(kindOf(BigInt(0xfe534d42 | 0), undefined).name).toBe('smb');
  });
});

describe('a UNC path', () => {
  it.each([
    [String.raw`\\dc01\les\kluis`, true],
    [String.raw`\\?\UNC\dc01\les`, true],
    [String.raw`\\dc01.school.nl@SSL\DavWWWRoot\les`, true],
    ['//dc01/les', true],
    [String.raw`\\localhost\c$\kluis`, false],
    [String.raw`\\LAPTOP\c$`, false],
    [String.raw`\\wsl$\Debian\home`, false],
    [String.raw`\\?\C:\Users\jan`, false],
    [String.raw`C:\Users\jan`, false],
    [String.raw`\\dc01`, false],
  ])('%s leads to another machine: %s', (path, answer) => {
    expect(isNetworkPath(path, 'laptop')).toBe(answer);
  });
});

describe('a block device', () => {
  let folder: ReturnType<typeof workFolder>;
  beforeEach(() => (folder = workFolder()));
  afterEach(() => folder.remove());

  const put = (path: string, text = '') => {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), `${text}\n`);
  };
  const disk = (path: string, rotational: string, removable: string) => {
    put(`${path}/queue/rotational`, rotational);
    put(`${path}/removable`, removable);
    return path;
  };
  const at = (path: string) => blockAt(join(folder.path, path));

  it('is an SSD or a spinning disk by its flag, asked of the disk and not of the partition', async () => {
    put(`${disk('pci/ata1/block/sda', '1', '0')}/sda1/partition`, '1');
    expect(await at('pci/ata1/block/sda/sda1')).toEqual({ medium: 'disk', removable: false });
    expect(await at(disk('pci/nvme/block/nvme0n1', '0', '0'))).toEqual({ medium: 'ssd', removable: false });
  });

  it('can be taken away when it is a stick, a USB disk or an SD card', async () => {
    expect((await at(disk('pci/ata2/block/sdb', '1', '1'))).removable).toBe(true);
    expect((await at(disk('pci/usb2/2-1/block/sdc', '1', '0'))).removable).toBe(true);
    put(`${disk('mmc/block/mmcblk0', '0', '0')}/device/type`, 'SD');
    expect((await at('mmc/block/mmcblk0')).removable).toBe(true);
    put(`${disk('mmc/block/mmcblk1', '0', '0')}/device/type`, 'MMC');
    expect((await at('mmc/block/mmcblk1')).removable).toBe(false);
  });

  it('that is encrypted or mapped is what it lies on', async () => {
    disk('virtual/block/dm-0', '0', '0');
    mkdirSync(join(folder.path, 'virtual/block/dm-0/slaves'));
    put(`${disk('pci/usb2/block/sdd', '1', '0')}/sdd1/partition`, '1');
    symlinkSync(join(folder.path, 'pci/usb2/block/sdd/sdd1'), join(folder.path, 'virtual/block/dm-0/slaves/sdd1'));
    expect(await at('virtual/block/dm-0')).toEqual({ medium: 'disk', removable: true });
  });

  it('of a virtual machine, or one that says nothing, is unknown', async () => {
    expect((await at(disk('pci/virtio1/block/vda', '1', '0'))).medium).toBe('unknown');
    expect((await at(disk('virtual/block/loop0', '1', '0'))).medium).toBe('unknown');
    expect((await at(disk('virtual/block/zram0', '0', '0'))).medium).toBe('memory');
    put('pci/block/sde/size', '1');
    expect(await at('pci/block/sde')).toEqual({ medium: 'unknown', removable: undefined });
  });

  it('has a number, packed as the kernel hands it out', () => {
    expect(deviceNumber(0x801n)).toBe('8:1');
    expect(deviceNumber(0x10010302n)).toBe('259:65538');
    expect(deviceNumber(0x100000038803n)).toBe('5000:3');
  });
});

describe('snapshots', () => {
  it.each(['.snapshots', '.zfs/snapshot', '.snapshot', '~snapshot'])(
    'in %s are seen, and said only then',
    async (name) => {
      const folder = workFolder();
      const look = () => snapshotsAt(folder.path, { at: 'device' });
      expect(await look()).toBe('unknown');
      mkdirSync(join(folder.path, name), { recursive: true });
      expect(await look()).toBe('none-seen');
      mkdirSync(join(folder.path, name, '1'));
      expect(await look()).toBe('seen');
      folder.remove();
    },
  );
});

describe('an overwrite', () => {
  const disk = { medium: 'disk', copyOnWrite: false, snapshots: 'unknown' } as const;
  it('is promised at most as an effort, and only in place', () => {
    expect(reliability(disk, [])).toBe('best-effort');
    expect(reliability({ ...disk, medium: 'memory' }, [])).toBe('best-effort');
    for (const medium of ['ssd', 'network', 'unknown'] as const)
      expect(reliability({ ...disk, medium }, [])).toBe('no');
    expect(reliability({ ...disk, copyOnWrite: true }, [])).toBe('no');
    expect(reliability({ ...disk, copyOnWrite: undefined }, [])).toBe('no');
    expect(reliability({ ...disk, snapshots: 'seen' }, [])).toBe('no');
    expect(reliability(disk, ['rw', 'data=journal'])).toBe('no');
  });
});

describe('this machine', () => {
  it('answers for a path that exists, and the same for one that does not yet', async () => {
    const folder = workFolder();
    const facts = await probeStorage(folder.path);
    expect(facts.fileSystem).not.toBe('');
    expect(await probeStorage(join(folder.path, 'nog', 'niet'))).toEqual(facts);
    folder.remove();
  });

  it.runIf(process.platform === 'linux')('knows its shared memory for what it is', async () => {
    expect(await probeStorage('/dev/shm')).toEqual({
      fileSystem: 'tmpfs',
      medium: 'memory',
      removable: undefined,
      copyOnWrite: false,
      snapshots: 'none-seen',
      overwriteReliable: 'best-effort',
    });
  });
});
