import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appPlace, launch, type RunningApp } from '../fixtures/app.ts';

const place = appPlace();
let running: RunningApp;
let trap: Server;
let trapUrl = '';
const hits: string[] = [];

beforeAll(async () => {
  trap = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('caught');
  });
  trap.on('upgrade', (request, socket) => {
    hits.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  trapUrl = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  running = await launch(place);
  // The trap itself works.
  await fetch(`${trapUrl}/works`);
  expect(hits.splice(0)).toEqual(['/works']);
});
afterAll(async () => {
  await running?.close();
  trap.close();
  place.remove();
});

/** In the window, as a script that got in would. */
const inWindow = <T>(work: (argument: string) => T | Promise<T>, argument = '') =>
  running.page.evaluate(work as (argument: string) => T | Promise<T>, argument);

describe('nothing leaves', () => {
  it('by fetch, picture, beacon, socket, style or worker of the window', async () => {
    const outcome = await inWindow(async (url) => {
      const tried = await Promise.allSettled([fetch(url), fetch(url, { mode: 'no-cors' })]);
      navigator.sendBeacon(`${url}/beacon`, 'x');
      new Image().src = `${url}/image`;
      for (const [tag, key] of [
        ['script', 'src'],
        ['iframe', 'src'],
        ['link', 'href'],
        ['video', 'src'],
      ] as const) {
        const element = document.createElement(tag);
        element.setAttribute(key, `${url}/${tag}`);
        if (tag === 'link') element.setAttribute('rel', 'stylesheet');
        document.body.append(element);
      }
      try {
        new WebSocket(url.replace('http', 'ws')).addEventListener('error', () => {});
      } catch {
        // As it should be.
      }
      await new Promise((resolve) => setTimeout(resolve, 800));
      return tried.map(({ status }) => status);
    }, trapUrl);
    expect(outcome).toEqual(['rejected', 'rejected']);
    expect(hits).toEqual([]);
  });

  it('by any other session or window of Chromium, also one that is made later', async () => {
    await running.app.evaluate(async ({ session, BrowserWindow, net }, url) => {
      const ignore = () => {};
      const later = session.fromPartition(`later-${Date.now()}`);
      await later.fetch(`${url}/later`).then(ignore, ignore);
      await session.defaultSession.fetch(`${url}/default`).then(ignore, ignore);
      await net.fetch(`${url}/net`).then(ignore, ignore);
      const window = new BrowserWindow({ show: false, webPreferences: { session: later } });
      await window.loadURL(`${url}/window`).then(ignore, ignore);
      window.destroy();
    }, trapUrl);
    expect(hits).toEqual([]);
  });

  it('by asking for a name either', async () => {
    const resolved = await running.app.evaluate(({ session }) =>
      session.defaultSession.fetch('https://example.com/').then(
        () => 'reached',
        (error: Error) => error.message,
      ),
    );
    expect(resolved).not.toBe('reached');
  });

  it('by navigating or opening a window', async () => {
    const before = running.page.url();
    await inWindow((url) => {
      window.open(url);
      const link = document.createElement('a');
      link.href = url;
      link.click();
    }, trapUrl);
    await running.page.waitForTimeout(500);
    expect(running.page.url()).toBe(before);
    expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(hits).toEqual([]);
  });

  it('as a download', async () => {
    const started = await running.app.evaluate(async ({ BrowserWindow }) => {
      const { session } = BrowserWindow.getAllWindows()[0]!.webContents;
      let state = 'none';
      session.on('will-download', (event) => (state = event.defaultPrevented ? 'prevented' : 'started'));
      session.downloadURL('data:text/plain,hallo');
      await new Promise((resolve) => setTimeout(resolve, 500));
      return state;
    });
    expect(started).not.toBe('started');
  });
});
