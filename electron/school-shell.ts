import { dialog, type BrowserWindow } from 'electron';
import { basename } from 'node:path';
import type { Supervisor } from './host/supervisor.ts';
import type { ShellHandlers } from './shell-handlers.ts';
import type { BatchWay } from './ipc/batch-calls.ts';
import { readSettings } from './settings.ts';
import type { Tokens } from './tokens.ts';

type School = Pick<
  ShellHandlers,
  | 'profile.export'
  | 'profile.choose'
  | 'profile.import'
  | 'register.chooseList'
  | 'register.import'
  | 'register.letter'
  | 'after.deliver'
  | 'batch.begin'
  | 'papers.write'
  | 'request.letter'
  | 'incident.form'
>;

/** What of the school's own papers needs a path or a dialog. */
export function schoolShell(window: () => BrowserWindow, host: Supervisor, tokens: Tokens): School {
  const chooseFile = async (name: string, extensions: string[]) => {
    const filters = [
      { name, extensions },
      { name: '*', extensions: ['*'] },
    ];
    const { filePaths } = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters });
    return filePaths[0];
  };
  const chooseFolder = async () => {
    const properties = ['openDirectory', 'createDirectory'] as const;
    const { filePaths } = await dialog.showOpenDialog(window(), { properties: [...properties] });
    return filePaths[0];
  };
  const chooseTarget = async (name: string) => {
    const { filePath } = await dialog.showSaveDialog(window(), { defaultPath: name });
    return filePath || undefined;
  };
  return {
    async 'profile.export'() {
      const path = await chooseTarget('schoolprofiel.json');
      if (path === undefined) return false;
      await host.demand('host.profileExport', { path });
      return true;
    },
    async 'profile.choose'() {
      const path = await chooseFile('JSON', ['json']);
      if (path === undefined) return undefined;
      const offered = await host.demand('host.profileLook', { path });
      return { ...offered, token: tokens.give(path), name: basename(path) };
    },
    'profile.import': ({ file, fingerprint }) =>
      host.demand('host.profileImport', { path: tokens.path(file), fingerprint }),
    async 'register.chooseList'() {
      const path = await chooseFile('CSV', ['csv', 'txt']);
      return path === undefined ? undefined : { token: tokens.give(path), name: basename(path) };
    },
    'register.import': ({ list, group, band, dryRun }) =>
      host.demand('host.list', { path: tokens.path(list), group, band, dryRun }),
    async 'batch.begin'({ clips, ways }) {
      const led: (BatchWay & { path: string | undefined })[] = [];
      for (const way of ways) {
        const path = way.place === undefined ? await chooseFolder() : undefined;
        if (way.place === undefined && path === undefined) return undefined;
        led.push({ ...way, path });
      }
      return host.demand('host.batch', { clips, ways: led });
    },
    async 'after.deliver'(wish) {
      const path = await chooseFolder();
      if (path === undefined) return undefined;
      const { name } = await host.demand('host.deliver', { ...wish, path });
      return { folder: basename(path), name };
    },
    async 'papers.write'({ kind, dossier }) {
      const path = await chooseTarget(`${kind === 'dossier' ? 'dossier' : 'wat-is-gemeten'}.pdf`);
      if (path === undefined) return false;
      const { language = 'nl' } = readSettings();
      await host.demand('host.paper', { kind, dossier, path, language });
      return true;
    },
    async 'request.letter'({ request }) {
      const path = await chooseTarget('antwoord.pdf');
      if (path === undefined) return false;
      await host.demand('host.requestLetter', { request, path });
      return true;
    },
    async 'incident.form'({ incident }) {
      const path = await chooseTarget('datalek.pdf');
      if (path === undefined) return false;
      await host.demand('host.incidentForm', { incident, path });
      return true;
    },
    async 'register.letter'({ kind, ...wish }) {
      const path = await chooseTarget(
        `${{ parents: 'brief-ouders', class: 'uitleg-klas', door: 'bordje-deur' }[kind]}.pdf`,
      );
      if (path === undefined) return false;
      await host.demand('host.letter', { path, kind, ...wish });
      return true;
    },
  };
}
