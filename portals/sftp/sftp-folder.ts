import type { SFTPWrapper } from 'ssh2';
import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import type { RemoteFolder, Upload } from '../laid/remote-folder.ts';
import type { Slices } from '../net/slices.ts';
import type { Connection } from './connection.ts';

/** Of one message, in bytes; what every server takes. */
const PACKET = 32 << 10;
/** Sent before the first of them is answered: a far server is slow, not narrow. */
const WINDOW = 64 * PACKET;
const STRETCH = 16 * WINDOW;
/** An answer that does not come. */
const SILENCE_MS = 3 * 60_000;
const SESSION = 'sftp';
/** Of the protocol (draft-ietf-secsh-filexfer-02, 7). */
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const FAILURE = 4;

type Signal = AbortSignal | undefined;
type Callback<T> = (error?: (Error & { code?: number }) | null, value?: T) => void;

/** Files on an SFTP server. What it has of a file is gone on with, to the byte. */
export class SftpFolder implements RemoteFolder {
  constructor(private readonly connect: () => Promise<Connection>) {}

  private connection: Promise<Connection> | undefined;

  private open(): Promise<Connection> {
    this.connection ??= this.connect().catch((error: unknown) => {
      this.connection = undefined;
      throw error;
    });
    return this.connection;
  }

  async close(): Promise<void> {
    const known = await this.connection?.catch(() => undefined);
    known?.client.destroy();
  }

  private async run<T>(signal: Signal, work: (sftp: SFTPWrapper, done: Callback<T>) => void): Promise<T> {
    if (signal?.aborted) throw new DeliveryFailure('cancelled', false);
    const { sftp, client } = await this.open();
    return new Promise<T>((resolve, reject) => {
      const gone = () => {
        // The next try logs in anew.
        this.connection = undefined;
        client.destroy();
        settle(() => reject(new DeliveryFailure('unreachable', true)));
      };
      const stop = () => settle(() => reject(new DeliveryFailure('cancelled', false)));
      const timer = setTimeout(gone, SILENCE_MS);
      const settle = (end: () => void) => {
        clearTimeout(timer);
        client.off('close', gone);
        signal?.removeEventListener('abort', stop);
        end();
      };
      client.once('close', gone);
      signal?.addEventListener('abort', stop, { once: true });
      try {
        work(sftp, (error, value) => settle(() => (error ? reject(failureOf(error)) : resolve(value as T))));
      } catch {
        gone();
      }
    });
  }

  /** @returns undefined when there is no such thing */
  private async found<T>(signal: Signal, work: (sftp: SFTPWrapper, done: Callback<T>) => void): Promise<T | undefined> {
    try {
      return await this.run(signal, work);
    } catch (error) {
      if (error instanceof DeliveryFailure && error.reason === 'place-missing') return undefined;
      throw error;
    }
  }

  async sizeOf(path: string, signal: Signal): Promise<number | undefined> {
    const stats = await this.found<import('ssh2').Stats>(signal, (sftp, done) => sftp.lstat(path, done));
    return stats?.isFile() === true ? stats.size : undefined;
  }

  async namesIn(folder: string, signal: Signal): Promise<string[] | undefined> {
    const entries = await this.found<import('ssh2').FileEntry[]>(signal, (sftp, done) => sftp.readdir(folder, done));
    return entries?.map(({ filename }) => filename).filter((name) => name !== '.' && name !== '..');
  }

  async makeFolder(path: string, signal: Signal): Promise<void> {
    await this.run<void>(signal, (sftp, done) => sftp.mkdir(path, { mode: 0o700 }, done));
  }

  begin(): Promise<string> {
    return Promise.resolve(SESSION);
  }

  async partOf(_session: string, path: string, plan: DeliveryPlan, signal: Signal): Promise<number | undefined> {
    const size = await this.sizeOf(path, signal);
    return size !== undefined && size <= plan.size ? size : undefined;
  }

  async upload(path: string, content: Slices, { from, plan, onTaken, signal }: Upload): Promise<void> {
    const file = await this.run<Buffer>(signal, (sftp, done) => sftp.open(path, from === 0 ? 'w' : 'r+', 0o600, done));
    try {
      for (let at = from, noted = from; at < plan.size;) {
        const piece = await content.collect(Math.min(WINDOW, plan.size - at));
        await this.writeAt(file, piece, at, signal);
        at += piece.length;
        if (at - noted < STRETCH && at < plan.size) continue;
        await this.flush(file, signal);
        onTaken((noted = at));
      }
      await content.finish();
    } finally {
      await this.run<void>(undefined, (sftp, done) => sftp.close(file, done)).catch(() => {});
    }
  }

  private async writeAt(file: Buffer, piece: Buffer, at: number, signal: Signal): Promise<void> {
    const packets = Array.from({ length: Math.ceil(piece.length / PACKET) }, (_none, index) => index * PACKET);
    await Promise.all(
      packets.map((offset) =>
        this.run<void>(signal, (sftp, done) =>
          sftp.write(file, piece, offset, Math.min(PACKET, piece.length - offset), at + offset, done),
        ),
      ),
    );
  }

  /** Where a server can't promise it, what it took is asked again before it is built on. */
  private async flush(file: Buffer, signal: Signal): Promise<void> {
    await this.run<void>(signal, (sftp, done) => {
      try {
        sftp.ext_openssh_fsync(file, done);
      } catch {
        done();
      }
    });
  }

  async write(path: string, bytes: Uint8Array, signal: Signal): Promise<void> {
    const file = await this.run<Buffer>(signal, (sftp, done) => sftp.open(path, 'w', 0o600, done));
    await this.writeAt(file, Buffer.from(bytes), 0, signal);
    await this.run<void>(signal, (sftp, done) => sftp.close(file, done));
  }

  async read(path: string, signal: Signal): Promise<AsyncIterable<Uint8Array> | undefined> {
    const file = await this.found<Buffer>(signal, (sftp, done) => sftp.open(path, 'r', done));
    const size = file && (await this.sizeOf(path, signal));
    return file && this.piecesOf(file, size ?? 0, signal);
  }

  private async *piecesOf(file: Buffer, size: number, signal: Signal): AsyncGenerator<Uint8Array> {
    try {
      for (let at = 0; at < size;) {
        const buffer = Buffer.allocUnsafe(Math.min(WINDOW, size - at));
        const packets = Array.from({ length: Math.ceil(buffer.length / PACKET) }, (_none, index) => index * PACKET);
        await Promise.all(packets.map((offset) => this.readAt(file, buffer, offset, at + offset, signal)));
        yield buffer;
        at += buffer.length;
      }
    } finally {
      await this.run<void>(undefined, (sftp, done) => sftp.close(file, done)).catch(() => {});
    }
  }

  private async readAt(file: Buffer, buffer: Buffer, offset: number, at: number, signal: Signal): Promise<void> {
    const wanted = Math.min(PACKET, buffer.length - offset);
    const read = await this.run<number>(signal, (sftp, done) => sftp.read(file, buffer, offset, wanted, at, done));
    if (read !== wanted) throw new DeliveryFailure('unreachable', true);
  }

  /** The protocol's own rename goes over nothing; which way it failed has to be asked. */
  async move(from: string, to: string, _what: 'file' | 'folder', signal: Signal) {
    try {
      await this.run<void>(signal, (sftp, done) => sftp.rename(from, to, done));
      return 'moved' as const;
    } catch (error) {
      if (!(error instanceof DeliveryFailure) || (error.reason !== 'place-missing' && error.reason !== 'refused'))
        throw error;
      const exists = await this.found(signal, (sftp, done) => sftp.lstat(to, done));
      if (exists) return 'taken' as const;
      if (error.reason === 'place-missing') return 'missing' as const;
      throw error;
    }
  }

  async remove(path: string): Promise<boolean> {
    return (await this.found(undefined, (sftp, done) => sftp.unlink(path, (error) => done(error, true)))) === true;
  }

  async clear(folder: string, signal: Signal): Promise<void> {
    for (const name of (await this.namesIn(folder, signal)) ?? []) await this.remove(`${folder}/${name}`);
    await this.found(signal, (sftp, done) => sftp.rmdir(folder, done));
  }

  async removeEmpty(folder: string): Promise<void> {
    if ((await this.namesIn(folder, undefined))?.length === 0) await this.clear(folder, undefined);
  }
}

function failureOf({ code }: { code?: number }): DeliveryFailure {
  if (code === NO_SUCH_FILE) return new DeliveryFailure('place-missing', false);
  if (code === PERMISSION_DENIED) return new DeliveryFailure('not-writable', false);
  // A full disk, a name that is taken: the protocol has one number for both.
  if (code === FAILURE) return new DeliveryFailure('refused', false);
  return new DeliveryFailure('unreachable', true);
}
