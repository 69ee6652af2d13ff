import { BrowserWindow, session as sessions, type Session } from 'electron';
import { join } from 'node:path';
import { ORIGIN } from './hardening.ts';

/** In memory only: nothing that the window saw is on the disk afterwards. */
export function uiSession(): Session {
  return sessions.fromPartition('ui');
}

export function openWindow(session: Session, folder: string, devTools: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 640,
    show: false,
    backgroundColor: '#f6f5f2',
    title: 'Onherkenbaar',
    webPreferences: {
      session,
      preload: join(folder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools,
    },
  });
  // Other programs, and whoever watches along in a video call, see a black window (Windows and macOS).
  window.setContentProtection(true);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${ORIGIN}/`);
  return window;
}
