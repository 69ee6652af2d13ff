import { Readable } from 'node:stream';
import { Agent, request, type buildConnector, type Dispatcher } from 'undici';
import { z } from 'zod';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import type { Portal } from '../../core/profile/profile.ts';
import { asLineFailure, failureOf } from './failures.ts';
import type { NetworkSettings } from './settings.ts';
import { openSecure } from './tunnel.ts';

/** A far end that takes nothing, or says nothing, for so long is gone. */
const SILENCE_MS = 3 * 60_000;
const TLS_PORT = 443;
/** More than any answer that is read whole. */
const MOST_TEXT = 8 << 20;

export interface Ask {
  readonly method: string;
  /** Path with query; or an address, which must be of a host of the target. */
  readonly to: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Of a body that comes in pieces, in bytes. */
  readonly length?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What came back; its body must be taken, one way or the other. */
export interface Answer {
  readonly status: number;
  header(name: string): string | undefined;
  text(): Promise<string>;
  /** @throws DeliveryFailure `not-understood` when it is not of that shape */
  json<S extends z.ZodType>(schema: S): Promise<z.infer<S>>;
  pieces(): AsyncIterable<Uint8Array>;
  /** Takes and forgets the body. */
  done(): Promise<void>;
}

/**
 * The only way to a target: HTTPS, to the hosts that the signed profile names for it, and to no other (law 7).
 * Goes along with no redirect by itself.
 */
export class Line {
  private readonly agent: Agent;
  private readonly hosts: ReadonlySet<string>;

  constructor(
    readonly target: Pick<Portal, 'host' | 'port' | 'fileHosts'>,
    settings: NetworkSettings,
  ) {
    this.hosts = new Set([target.host, ...(target.fileHosts ?? [])]);
    this.agent = new Agent({
      connect: connector(settings),
      connections: 1,
      pipelining: 1,
      headersTimeout: SILENCE_MS,
      bodyTimeout: SILENCE_MS,
    });
  }

  /** Ends what goes on, and the connection. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  /** Address of a path at the target. */
  address(path: string): URL {
    const { host, port = TLS_PORT } = this.target;
    return new URL(path, `https://${host}:${port}`);
  }

  /**
   * Where a far end points to.
   * @param from address that the answer came from, for a relative one
   * @throws DeliveryFailure `host-refused` for any other host, port or scheme
   */
  allowed(address: string, from: URL = this.address('/')): URL {
    const url = parsedUrl(address, from);
    const port = Number(url?.port || TLS_PORT);
    const own = url?.hostname === this.target.host && port === (this.target.port ?? TLS_PORT);
    const other = url !== undefined && this.hosts.has(url.hostname) && port === TLS_PORT;
    if (!url || url.protocol !== 'https:' || url.username !== '' || (!own && !other))
      throw new DeliveryFailure('host-refused', false);
    return url;
  }

  isTarget(url: URL): boolean {
    return url.hostname === this.target.host && Number(url.port || TLS_PORT) === (this.target.port ?? TLS_PORT);
  }

  /** @throws DeliveryFailure for whatever a bad line does; an answer of any status is an answer */
  async ask({ method, to, headers = {}, body, length, signal }: Ask): Promise<Answer> {
    if (signal?.aborted) throw new DeliveryFailure('cancelled', false);
    const url = this.allowed(to);
    const silence = new AbortController();
    const stop = () => silence.abort(new DeliveryFailure('cancelled', false));
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const sent = await request(url, {
        dispatcher: this.agent,
        method: method as Dispatcher.HttpMethod,
        headers: { ...headers, ...(length === undefined ? {} : { 'content-length': String(length) }) },
        body: bodyOf(body, silence) ?? null,
        signal: silence.signal,
      });
      return answerOf(sent, signal);
    } catch (error) {
      throw asLineFailure(silence.signal.aborted ? silence.signal.reason : error, signal);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** As {@link ask}, for when only some answers will do. @throws DeliveryFailure for every other status */
  async expect(statuses: readonly number[], ask: Ask): Promise<Answer> {
    const answer = await this.ask(ask);
    if (statuses.includes(answer.status)) return answer;
    await answer.done();
    throw failureOf(answer.status, answer.header('retry-after'));
  }
}

function connector(settings: NetworkSettings): buildConnector.connector {
  return ({ hostname, port }, callback) => {
    const open = async () => {
      try {
        callback(null, await openSecure(hostname, Number(port || TLS_PORT), settings));
      } catch (error) {
        callback(error as Error, null);
      }
    };
    void open();
  };
}

function bodyOf(body: Ask['body'], silence: AbortController) {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return body;
  return Readable.from(watched(body, silence), { objectMode: true, highWaterMark: 1 });
}

/** A piece that nobody takes for long is given up on; undici itself only watches what comes back. */
async function* watched(pieces: AsyncIterable<Uint8Array>, silence: AbortController) {
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const piece of pieces) {
      timer = setTimeout(() => silence.abort(new DeliveryFailure('unreachable', true)), SILENCE_MS);
      yield piece;
      clearTimeout(timer);
    }
  } finally {
    clearTimeout(timer);
  }
}

function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData, signal: AbortSignal | undefined): Answer {
  const guarded = async function* () {
    // A far end that falls silent must not keep anybody who wants to stop.
    const stop = () => void body.destroy();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for await (const piece of body) {
        if (signal?.aborted) throw new DeliveryFailure('cancelled', false);
        yield piece as Uint8Array;
      }
    } catch (error) {
      throw asLineFailure(error, signal);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    if (signal?.aborted) throw new DeliveryFailure('cancelled', false);
  };
  const text = async () => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of guarded()) {
      if ((size += piece.length) > MOST_TEXT) throw new DeliveryFailure('not-understood', false);
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  };
  return {
    status: statusCode,
    header: (name) => [headers[name.toLowerCase()]].flat()[0],
    text,
    json: async (schema) => {
      const parsed = schema.safeParse(parsedJson(await text()));
      if (!parsed.success) throw new DeliveryFailure('not-understood', false);
      return parsed.data;
    },
    pieces: guarded,
    done: async () => {
      await text();
    },
  };
}

function parsedUrl(address: string, from: URL): URL | undefined {
  try {
    return new URL(address, from);
  } catch {
    return undefined;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
