import { app, BrowserWindow, Menu, Notification } from 'electron';
import { join } from 'node:path';
import { lockWhenAway } from './auto-lock.ts';
import { hardenApp } from './hardening.ts';
import { Supervisor } from './host/supervisor.ts';
import type { Told } from './ipc/contract.ts';
import { registerScheme, serve } from './media-protocol.ts';
import { route } from './router.ts';
import { NOTICES } from '../words/notices.ts';
import { readSettings } from './settings.ts';
import { shellHandlers } from './shell-calls.ts';
import { Tokens } from './tokens.ts';
import { openWindow, uiSession } from './window.ts';

/** Only wires: what the app does stands in the files beside this one. */
const { ONHERKENBAAR_USER_DATA: ownData } = process.env;
if (ownData) app.setPath('userData', ownData);
hardenApp();
registerScheme();
// The screen draws with the processor: a driver's cache would be one more place with pictures in it.
app.disableHardwareAcceleration();
Menu.setApplicationMenu(null);

const window = (): BrowserWindow | undefined => BrowserWindow.getAllWindows()[0];

function tell(told: Told): void {
  window()?.webContents.send('told', told);
  if (told.kind === 'ended' && told.outcome !== 'cancelled' && window()?.isFocused() === false) notify(told.outcome);
}

function notify(outcome: 'done' | object): void {
  if (!Notification.isSupported()) return;
  const words = NOTICES[readSettings().language ?? 'nl'];
  const body = outcome === 'done' ? words.done : words.stopped;
  new Notification({ title: 'Onherkenbaar', body, silent: true }).show();
}

const tokens = new Tokens();

/** Whoever sits down next has chosen nothing yet. */
function locked(why: Extract<Told, { kind: 'locked' }>['why']): void {
  tokens.clear();
  tell({ kind: 'locked', why });
}

const host = new Supervisor(join(__dirname, 'host.cjs'), {
  onTold: tell,
  onGone: () => locked('host-gone'),
});

if (!app.requestSingleInstanceLock()) app.exit(0);
app.on('second-instance', () => {
  const first = window();
  if (first?.isMinimized()) first.restore();
  first?.focus();
});
app.on('window-all-closed', () => app.quit());

let stopped = false;
app.on('will-quit', (event) => {
  if (stopped) return;
  event.preventDefault();
  stopped = true;
  // Not within this event: with no host to stop, asking again at once would be taken for the same quit and lost.
  void host.stop().finally(() => setImmediate(() => app.quit()));
});

void app.whenReady().then(() => {
  const session = uiSession();
  serve(session, join(__dirname, 'renderer'), host);
  const opened = openWindow(session, __dirname, !app.isPackaged);
  route(
    shellHandlers(() => opened, host, tokens),
    host,
    tokens,
  );
  lockWhenAway(host, locked);
});
