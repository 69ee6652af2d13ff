import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import type { Upload } from '../laid/remote-folder.ts';
import type { Slices } from '../net/slices.ts';
import type { Dav } from './dav.ts';

/** Of one chunk, in bytes: the server wants 5 MB to 5 GB, and names from 1 to 10000. */
const CHUNK = 16 << 20;
const MOST_CHUNKS = 10_000;
const FILES = /^(.*)\/remote\.php\/dav\/files\/([^/]+)\//;
const STORED = [200, 201, 204];

type Signal = AbortSignal | undefined;

/** How Nextcloud and its relatives name a person's files. */
export function isNextcloudPath(path: string): boolean {
  return FILES.test(path);
}

/** Nextcloud chunked upload v2: chunks lie in a folder of their own, and become the file in one step. */
export class NextcloudUploads {
  constructor(
    private readonly dav: Dav,
    private readonly least = CHUNK,
  ) {}

  /** @returns false where the server has no such thing */
  async begin(path: string, plan: DeliveryPlan, signal: Signal): Promise<boolean> {
    const folder = this.folderOf(path, plan);
    await this.dav.run([...STORED, 403, 404, 405, 409, 501], { method: 'DELETE', to: `${folder}/`, signal });
    const headers = this.headers(path, plan.size);
    const status = await this.dav.run([201, 403, 404, 405, 409, 501], {
      ...{ method: 'MKCOL', to: `${folder}/`, headers, signal },
    });
    return status === 201;
  }

  /** Bytes in chunks that follow each other from the first. Whole ones only: the rest is sent again. */
  async partOf(path: string, plan: DeliveryPlan, signal: Signal): Promise<number | undefined> {
    const listed = await this.dav.list(this.folderOf(path, plan), signal);
    if (!listed) return undefined;
    const sizes = new Map(listed.map(({ name, size }) => [name, size]));
    let bytes = 0;
    for (let index = 0; bytes < plan.size; index++) {
      const wanted = Math.min(this.chunkOf(plan.size), plan.size - bytes);
      if (sizes.get(nameOf(index)) !== wanted) break;
      bytes += wanted;
    }
    return bytes;
  }

  async upload(path: string, content: Slices, { from, onTaken, signal, plan }: Upload): Promise<void> {
    const { size } = plan;
    const folder = this.folderOf(path, plan);
    const headers = this.headers(path, size);
    const chunk = this.chunkOf(size);
    for (let at = from; at < size;) {
      const length = Math.min(chunk, size - at);
      const to = `${folder}/${nameOf(at / chunk)}`;
      await this.dav.run(STORED, { method: 'PUT', to, headers, body: content.next(length), length, signal });
      onTaken((at += length));
    }
    await content.finish();
    await this.dav.run(STORED, {
      ...{ method: 'MOVE', to: `${folder}/.file`, signal },
      headers: { ...headers, overwrite: 'T' },
    });
  }

  private chunkOf(size: number): number {
    return Math.max(this.least, Math.ceil(size / MOST_CHUNKS));
  }

  private headers(path: string, size: number): Record<string, string> {
    return { destination: this.dav.address(path), 'oc-total-length': String(size) };
  }

  private folderOf(path: string, { delivery }: DeliveryPlan): string {
    const [, before = '', user = ''] = FILES.exec(path) ?? [];
    return `${before}/remote.php/dav/uploads/${user}/onherkenbaar-${delivery}`;
  }
}

const nameOf = (index: number) => String(index + 1).padStart(5, '0');
