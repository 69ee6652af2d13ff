import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import type { RemoteFolder, Upload } from '../laid/remote-folder.ts';
import { failureOf } from '../net/failures.ts';
import type { Slices } from '../net/slices.ts';
import type { Dav } from './dav.ts';
import { NextcloudUploads, isNextcloudPath } from './nextcloud.ts';

/** How a file can be sent: in stretches that a server appends, as Nextcloud's chunks, or in one go. */
const RANGES = 'ranges';
const WHOLE = 'whole';
const CHUNKS = 'chunks';
/** Of one request, in bytes; the journal is on the disk after each. At most a sixteenth is sent twice. */
const STRETCH = { least: 256 << 10, most: 32 << 20, share: 1 / 16 };
const STORED = [200, 201, 204];

type Signal = AbortSignal | undefined;

/** Files on a WebDAV server: SURFdrive, Research Drive, Nextcloud, a school's own. */
export class WebdavFolder implements RemoteFolder {
  private readonly chunks: NextcloudUploads;

  /** @param chunk of a Nextcloud upload, in bytes */
  constructor(
    private readonly dav: Dav,
    chunk?: number,
  ) {
    this.chunks = new NextcloudUploads(dav, chunk);
  }

  async sizeOf(path: string, signal: Signal): Promise<number | undefined> {
    const answer = await this.dav.ask({ method: 'HEAD', to: path, signal });
    await answer.done();
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw failureOf(answer.status, answer.header('retry-after'));
    const size = Number(answer.header('content-length'));
    if (!Number.isSafeInteger(size)) throw new DeliveryFailure('not-understood', false);
    return size;
  }

  async namesIn(folder: string, signal: Signal): Promise<string[] | undefined> {
    return (await this.dav.list(folder, signal))?.map(({ name }) => name);
  }

  async makeFolder(path: string, signal: Signal): Promise<void> {
    // 405: it is there.
    await this.dav.run([201, 405], { method: 'MKCOL', to: `${path}/`, signal });
  }

  async begin(path: string, plan: DeliveryPlan, signal: Signal): Promise<string> {
    if (isNextcloudPath(path) && (await this.chunks.begin(path, plan, signal))) return CHUNKS;
    return (await this.appends(`${path}.proef`, signal)) ? RANGES : WHOLE;
  }

  /** Tried, not believed: a server that ignores the header would lay the end of a clip over its beginning. */
  private async appends(path: string, signal: Signal): Promise<boolean> {
    await this.dav.run(STORED, { method: 'PUT', to: path, body: 'a', signal });
    const headers = { 'content-range': 'bytes 1-1/2' };
    const second = await this.dav.ask({ method: 'PUT', to: path, body: 'b', headers, signal });
    await second.done();
    const answer = await this.dav.ask({ method: 'GET', to: path, signal });
    const both = (await answer.text()) === 'ab';
    await this.remove(path);
    return both && STORED.includes(second.status);
  }

  async partOf(session: string, path: string, plan: DeliveryPlan, signal: Signal): Promise<number | undefined> {
    if (session === WHOLE) return undefined;
    const there = await this.sizeOf(path, signal);
    if (session === RANGES) return there !== undefined && there <= plan.size ? there : undefined;
    return there === plan.size ? there : this.chunks.partOf(path, plan, signal);
  }

  async upload(path: string, content: Slices, upload: Upload): Promise<void> {
    const { session, from, signal } = upload;
    const { size } = upload.plan;
    if (session === CHUNKS) {
      if ((await this.sizeOf(path, signal)) !== size) await this.chunks.upload(path, content, upload);
      return content.finish();
    }
    const stretch = Math.min(STRETCH.most, Math.max(STRETCH.least, Math.ceil(size * STRETCH.share)));
    for (let at = from; at < size;) {
      const length = session === RANGES ? Math.min(stretch, size - at) : size;
      const headers = session === RANGES ? { 'content-range': `bytes ${at}-${at + length - 1}/${size}` } : {};
      await this.dav.run(STORED, { method: 'PUT', to: path, headers, body: content.next(length), length, signal });
      at += length;
      if (session === RANGES) upload.onTaken(at);
    }
    await content.finish();
  }

  async write(path: string, bytes: Uint8Array, signal: Signal): Promise<void> {
    await this.dav.run(STORED, { method: 'PUT', to: path, body: bytes, signal });
  }

  async read(path: string, signal: Signal): Promise<AsyncIterable<Uint8Array> | undefined> {
    const answer = await this.dav.ask({ method: 'GET', to: path, signal });
    if (answer.status === 200) return answer.pieces();
    await answer.done();
    if (answer.status === 404) return undefined;
    throw failureOf(answer.status, answer.header('retry-after'));
  }

  async move(from: string, to: string, what: 'file' | 'folder', signal: Signal) {
    const [source, target] = what === 'folder' ? [`${from}/`, `${to}/`] : [from, to];
    const headers = { destination: this.dav.address(target), overwrite: 'F' };
    const status = await this.dav.run([...STORED, 404, 412], { method: 'MOVE', to: source, headers, signal });
    return status === 404 ? 'missing' : status === 412 ? 'taken' : 'moved';
  }

  async remove(path: string): Promise<boolean> {
    return (await this.dav.run([...STORED, 404], { method: 'DELETE', to: path })) !== 404;
  }

  async clear(folder: string, signal: Signal): Promise<void> {
    await this.dav.run([...STORED, 404], { method: 'DELETE', to: `${folder}/`, signal });
  }

  async removeEmpty(folder: string): Promise<void> {
    if ((await this.dav.list(folder, undefined))?.length === 0) await this.clear(folder, undefined);
  }
}
