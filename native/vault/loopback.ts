import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loopbackAddress, type MediaAddress } from '../ffmpeg/address.ts';
import type { ShelfFile } from '../store/shelf.ts';

const TOKEN_BYTES = 32;
const PIECE = 1 << 18;

interface Offer {
  readonly token: Buffer;
  readonly open: () => Promise<ShelfFile>;
}

/**
 * Holds sealed files out to our own ffmpeg, decrypted on the way: on 127.0.0.1 only, at a path that
 * can not be guessed and that is gone with the job. ffmpeg must be able to seek, which a pipe can not.
 */
export class Loopback {
  private readonly offers: Offer[] = [];

  private constructor(
    private readonly server: Server,
    private readonly port: number,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** @param onFailure hears of a file that could not be opened or decrypted while it was being read */
  static async start(onFailure: (error: unknown) => void = () => {}): Promise<Loopback> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: 0 }, resolve);
    });
    const loopback = new Loopback(server, (server.address() as AddressInfo).port, onFailure);
    server.on('request', (request, response) => void loopback.answer(request, response));
    return loopback;
  }

  offer(open: () => Promise<ShelfFile>): MediaAddress {
    const token = randomBytes(TOKEN_BYTES);
    this.offers.push({ token, open });
    return loopbackAddress(this.port, token.toString('hex'));
  }

  /** Ends every answer under way. */
  async close(): Promise<void> {
    this.offers.length = 0;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private find(url: string | undefined): Offer | undefined {
    const token = Buffer.from((url ?? '').slice(1), 'hex');
    if (token.length !== TOKEN_BYTES) return undefined;
    return this.offers.find((offer) => timingSafeEqual(offer.token, token));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const offer = request.method === 'GET' ? this.find(request.url) : undefined;
    if (!offer) {
      response.writeHead(404).end();
      return;
    }
    let file: ShelfFile | undefined;
    try {
      file = await offer.open();
      await send(file, rangeOf(request.headers.range, file.size), response);
    } catch (error) {
      // A damaged block: the reader must see a broken answer, never a shorter file.
      response.destroy();
      this.onFailure(error);
    } finally {
      await file?.close();
    }
  }
}

/** Inclusive start, exclusive end; undefined when it lies outside (RFC 9110 §14.1.2). */
function rangeOf(header: string | undefined, size: number): { from: number; to: number; part: boolean } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match) return { from: 0, to: size, part: false };
  const [, first = '', last = ''] = match;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return from < to ? { from, to, part: true } : undefined;
}

async function send(file: ShelfFile, range: ReturnType<typeof rangeOf>, response: ServerResponse): Promise<void> {
  if (!range) {
    response.writeHead(416, { 'Content-Range': `bytes */${file.size}` }).end();
    return;
  }
  const { from, to, part } = range;
  response.writeHead(part ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': to - from,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
    ...(part ? { 'Content-Range': `bytes ${from}-${to - 1}/${file.size}` } : {}),
  });
  try {
    await pipeline(Readable.from(pieces(file, from, to), { highWaterMark: 1 }), response);
  } catch (error) {
    // A reader that seeks hangs up and asks anew.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  }
}

async function* pieces(file: ShelfFile, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += PIECE) yield file.read(at, Math.min(PIECE, to - at));
}
