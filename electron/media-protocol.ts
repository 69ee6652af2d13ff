import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { UI_HEADERS } from './hardening.ts';
import type { Supervisor } from './host/supervisor.ts';

/** Must run before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Bytes asked of the host at a time. */
const PIECE = 1 << 18;

/** Serves the window's own files, and footage from the host, under one origin. */
export function serve(session: Session, ui: string, host: Supervisor): void {
  session.protocol.handle('app', (request) => {
    const { host: name, pathname } = new URL(request.url);
    if (name !== 'ui' || request.method !== 'GET') return new Response(undefined, { status: 404 });
    const token = /^\/media\/([0-9a-f]{32})$/.exec(pathname)?.[1];
    return token === undefined ? file(ui, pathname) : footage(host, token, request.headers.get('range'));
  });
}

async function file(ui: string, pathname: string): Promise<Response> {
  try {
    const path = normalize(join(ui, pathname === '/' ? 'index.html' : decodeURIComponent(pathname)));
    if (!path.startsWith(ui + sep)) return new Response(undefined, { status: 404 });
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    return new Response(await readFile(path), { headers: { 'Content-Type': type, ...UI_HEADERS } });
  } catch {
    return new Response(undefined, { status: 404 });
  }
}

/** Inclusive start, exclusive end; undefined when it lies outside (RFC 9110 §14.1.2). */
export function rangeOf(header: string | null, size: number): { from: number; to: number; part: boolean } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match) return { from: 0, to: size, part: false };
  const [, first = '', last = ''] = match;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return from < to ? { from, to, part: true } : undefined;
}

/** An open-ended question must be answered to the end: a player that gets less never finds its index. */
async function footage(host: Supervisor, token: string, wanted: string | null): Promise<Response> {
  let size: number;
  try {
    size = await host.demand('host.mediaSize', { token });
  } catch {
    return new Response(undefined, { status: 404 });
  }
  const range = rangeOf(wanted, size);
  if (!range) return new Response(undefined, { status: 416, headers: { 'Content-Range': `bytes */${size}` } });
  const { from, to, part } = range;
  return new Response(bytes(host, token, from, to), {
    status: part ? 206 : 200,
    headers: {
      ...UI_HEADERS,
      'Content-Type': 'video/mp4',
      'Content-Length': String(to - from),
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'no-store',
      ...(part ? { 'Content-Range': `bytes ${from}-${to - 1}/${size}` } : {}),
    },
  });
}

function bytes(host: Supervisor, token: string, from: number, to: number): ReadableStream<Uint8Array> {
  let at = from;
  let gone = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (at >= to) return controller.close();
        try {
          const piece = await host.demand('host.mediaRead', { token, from: at, length: Math.min(PIECE, to - at) });
          at += piece.length;
          // A player that seeks hangs up while we wait.
          if (!gone) controller.enqueue(new Uint8Array(piece));
        } catch (error) {
          if (!gone) controller.error(error);
        }
      },
      cancel() {
        gone = true;
      },
    },
    { highWaterMark: 0 },
  );
}
