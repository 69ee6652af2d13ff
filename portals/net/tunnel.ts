import { request } from 'node:http';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure, type TLSSocket } from 'node:tls';
import type { NetworkSettings } from './settings.ts';

export type { Socket };

const CONNECT_MS = 20_000;

/** A connection to a host, through the proxy where there is one (HTTP CONNECT: it sees no more than the name). */
export async function openSocket(host: string, port: number, settings: NetworkSettings): Promise<Socket> {
  const proxy = settings.proxyFor(host);
  const socket = await (proxy ? throughProxy(proxy, host, port) : direct(host, port));
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  return socket;
}

/** The same, secured; the certificate must be for this very host, from an authority that is trusted. */
export async function openSecure(host: string, port: number, settings: NetworkSettings): Promise<TLSSocket> {
  const socket = await openSocket(host, port, settings);
  const ca = [...settings.authorities];
  const secure = connectSecure({ socket, servername: host, ca, ALPNProtocols: ['http/1.1'], minVersion: 'TLSv1.2' });
  return inTime(secure, 'secureConnect');
}

function direct(host: string, port: number): Promise<Socket> {
  return inTime(connectPlain({ host, port }), 'connect');
}

function inTime<S extends Socket>(socket: S, event: 'connect' | 'secureConnect'): Promise<S> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(timedOut()), CONNECT_MS);
    socket.once(event, () => {
      clearTimeout(timer);
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

function throughProxy(proxy: URL, host: string, port: number): Promise<Socket> {
  const { username, password } = proxy;
  const who = username && `${plain(username)}:${plain(password)}`;
  const authority = `${host}:${port}`;
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ host: proxy.hostname.replace(/^\[|\]$/g, ''), port: proxy.port || 80, method: 'CONNECT', path: authority },
      headers: {
        host: authority,
        ...(who ? { 'proxy-authorization': `Basic ${Buffer.from(who).toString('base64')}` } : {}),
      },
      timeout: CONNECT_MS,
    });
    asked.once('connect', ({ statusCode }, socket, head) => {
      if (statusCode !== 200) {
        socket.destroy();
        return reject(proxyError(statusCode));
      }
      // Some servers speak first, and it comes along with the proxy's answer.
      if (head.length > 0) socket.unshift(head);
      return resolve(socket);
    });
    asked.once('response', ({ statusCode }) => {
      asked.destroy();
      reject(proxyError(statusCode));
    });
    asked.once('timeout', () => asked.destroy(timedOut()));
    asked.once('error', reject);
    asked.end();
  });
}

/** As it was typed, where it is no escape. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function proxyError(status: number | undefined): Error {
  const code = status === 407 ? 'EPROXYAUTH' : 'EPROXY';
  return Object.assign(new Error(`the proxy answered ${status}`), { code });
}

const timedOut = () => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
