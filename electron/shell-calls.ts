import { app, dialog, type BrowserWindow } from 'electron';
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppFailure, type AppError } from '../core/errors.ts';
import type { Cue } from '../core/subtitles/cue.ts';
import type { Supervisor } from './host/supervisor.ts';
import type { Found, MadeVault, Person, ShellState, SourceView } from './ipc/views.ts';
import type { ShellHandlers } from './shell-handlers.ts';
import { schoolShell } from './school-shell.ts';
import { changeSettings, readSettings } from './settings.ts';
import type { Tokens } from './tokens.ts';

/** Kinds of files that are offered first; any other can be chosen as well. */
const RECORDINGS = ['mp4', 'mov', 'm4v', 'mkv', 'webm', 'avi', 'mts', 'm2ts', '3gp', 'mpg'];

/** Answers of the shell: what needs a path, a dialog or a setting. */
export function shellHandlers(window: () => BrowserWindow, host: Supervisor, tokens: Tokens): ShellHandlers {
  const found = (path: string): Found => ({ token: tokens.give(path), name: basename(path) });
  const people = async () => (await host.screenCall('vault.people', undefined)) as readonly Person[];
  return {
    async 'shell.state'(): Promise<ShellState> {
      const { vault: root, language = 'nl' } = readSettings();
      const common = { language, version: app.getVersion() };
      if (root === undefined) return { ...common, vault: undefined, unlocked: undefined };
      try {
        const { unlocked } = await host.demand('host.state', undefined);
        if (unlocked === undefined) await host.demand('host.choose', { root });
        const vault = { name: basename(root), people: await people() };
        return { ...common, vault, unlocked: unlocked as Person | undefined };
      } catch (error) {
        const vault = { name: basename(root), people: [], failure: failureOf(error) };
        return { ...common, vault, unlocked: undefined };
      }
    },
    async 'shell.chooseFolder'() {
      const properties = ['openDirectory', 'createDirectory', 'promptToCreate'] as const;
      const { filePaths } = await dialog.showOpenDialog(window(), { properties: [...properties] });
      return filePaths[0] === undefined ? undefined : found(filePaths[0]);
    },
    async 'shell.chooseSource'() {
      const filters = [
        { name: 'Video', extensions: RECORDINGS },
        { name: '*', extensions: ['*'] },
      ];
      const { filePaths } = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters });
      return filePaths[0] === undefined ? undefined : found(filePaths[0]);
    },
    async 'shell.chooseSubtitles'() {
      const filters = [{ name: 'SRT, VTT', extensions: ['srt', 'vtt'] }];
      const { filePaths } = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters });
      const [path] = filePaths;
      return path === undefined ? undefined : ((await host.demand('host.subtitles', { path })) as readonly Cue[]);
    },
    async 'shell.savePdf'({ name }) {
      const { filePath } = await dialog.showSaveDialog(window(), { defaultPath: `${name}.pdf` });
      if (!filePath) return false;
      writeFileSync(filePath, await window().webContents.printToPDF({ pageSize: 'A4' }));
      return true;
    },
    'shell.language': ({ language }) => changeSettings({ language }),
    async 'vault.choose'({ folder }) {
      const root = tokens.path(folder);
      await host.demand('host.choose', { root });
      changeSettings({ vault: root });
      return [...(await people())];
    },
    async 'vault.make'({ folder, ...wish }) {
      const root = tokens.path(folder);
      const made = await host.demand('host.make', { root, ...wish });
      changeSettings({ vault: root });
      return made as MadeVault;
    },
    async 'source.look'({ source }) {
      const path = tokens.path(source);
      const seen = (await host.demand('host.look', { path })) as Omit<SourceView, 'name'>;
      return { ...seen, name: basename(path) };
    },
    'source.import': ({ source, draft, fragment }) =>
      host.demand('host.import', { path: tokens.path(source), draft, fragment }),
    async 'source.wipe'({ source, dossier }) {
      const done = await host.demand('host.wipeSource', { path: tokens.path(source), dossier });
      return done as { complete: boolean; unsure: boolean };
    },
    ...schoolShell(window, host, tokens),
  };
}

function failureOf(error: unknown): AppError {
  return error instanceof AppFailure ? error.error : { code: 'desk-unexpected' };
}
