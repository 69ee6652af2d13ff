/** One line of the mount table. */
export interface Mount {
  /** `MAJ:MIN`; major 0 stands for no block device of its own, as with btrfs and network file systems. */
  readonly device: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

/**
 * Reads /proc/self/mountinfo, proc_pid_mountinfo(5):
 * `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`.
 * A line that does not read so is left out.
 */
export function parseMounts(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const [own = '', rest] = line.split(' - ');
    const [, , device, , point] = own.split(' ');
    const [type, source, options = ''] = rest?.split(' ') ?? [];
    if (!device || !point || !type || source === undefined) continue;
    mounts.push({ device, point: unescaped(point), type, source: unescaped(source), options: options.split(',') });
  }
  return mounts;
}

/** @returns the mount that a real, absolute path lies on: the longest, and of equals the one on top */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  let best: Mount | undefined;
  for (const mount of mounts) {
    const inside = mount.point === '/' || path === mount.point || path.startsWith(`${mount.point}/`);
    if (inside && mount.point.length >= (best?.point.length ?? 0)) best = mount;
  }
  return best;
}

/** Space, tab, newline and backslash are written as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
