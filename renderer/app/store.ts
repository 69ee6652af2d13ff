import { create } from 'zustand';
import type { AppError } from '../../core/errors.ts';
import type { Person, ShellState } from '../../electron/ipc/views.ts';
import { call, errorOf } from '../client.ts';
import i18n from '../i18n/i18n.ts';
import { begun, type Job, type JobState } from './job-state.ts';

/** Where the user is. */
export type Place =
  | { readonly at: 'start' }
  | { readonly at: 'overview' }
  | { readonly at: 'people' }
  | { readonly at: 'profile' }
  | { readonly at: 'register' }
  | { readonly at: 'batch' }
  /** Requests of those filmed, and data breaches. */
  | { readonly at: 'officer' }
  /** The rules of conduct, before anything else. */
  | { readonly at: 'conduct' }
  | { readonly at: 'intake'; readonly draft: string }
  | { readonly at: 'import'; readonly draft: string }
  | {
      readonly at: 'case';
      readonly id: string;
      readonly step: 'analyse' | 'edit' | 'check' | 'hand-in' | 'review';
      readonly frame?: number;
    };

interface AppState extends JobState {
  readonly shell: ShellState | undefined;
  readonly place: Place;
  readonly problem: AppError | undefined;
  /** Keeps what the present screen has not kept yet. @throws Refused */
  readonly leave: (() => Promise<void>) | undefined;
  readonly lockedWhy: 'idle' | 'asleep' | 'host-gone' | undefined;
  load(): Promise<void>;
  go(place: Place): void;
  unlocked(person: Person): Promise<void>;
  lock(): Promise<void>;
  started(id: string, what: Job['what'], dossier?: string): void;
  setLanguage(language: 'nl' | 'en'): Promise<void>;
  /** Shows what was refused; anything unforeseen has a sentence as well. */
  fail(error: unknown): void;
  dismiss(): void;
}

export const useApp = create<AppState>()((set, get) => ({
  shell: undefined,
  place: { at: 'start' },
  job: undefined,
  ended: undefined,
  problem: undefined,
  leave: undefined,
  lockedWhy: undefined,
  async load() {
    const shell = await call('shell.state');
    await i18n.changeLanguage(shell.language);
    document.documentElement.lang = shell.language;
    set({ shell, ...(shell.unlocked ? { place: await firstPlace(shell.unlocked) } : {}) });
  },
  go: (place) => set({ place, problem: undefined, ended: undefined }),
  async unlocked(person) {
    const place = await firstPlace(person);
    const { shell } = get();
    if (shell) set({ shell: { ...shell, unlocked: person }, place, lockedWhy: undefined, problem: undefined });
  },
  async lock() {
    // Locking must never wait for something that can't be kept.
    await get()
      .leave?.()
      .catch(() => {});
    await call('vault.lock');
    set({ place: { at: 'start' }, job: undefined, ended: undefined, problem: undefined });
    await get().load();
  },
  started: (id, what, dossier) => set({ ...begun({ id, what, dossier, step: undefined }, get()), problem: undefined }),
  async setLanguage(language) {
    await call('shell.language', { language });
    await get().load();
  },
  fail: (error) => set({ problem: errorOf(error) }),
  dismiss: () => set({ problem: undefined, ended: undefined }),
}));

export function home({ role }: Person): Place {
  return role === 'administrator' ? { at: 'people' } : { at: 'overview' };
}

async function firstPlace(person: Person): Promise<Place> {
  return (await call('rules.open')) ? { at: 'conduct' } : home(person);
}

/** Takes in what the shell tells without being asked. @returns ends it */
export function listen(): () => void {
  return window.bridge.onTold((told) => {
    const { job } = useApp.getState();
    if (told.kind === 'progress') {
      if (job?.id === told.job) useApp.setState({ job: { ...job, step: told } });
    } else if (told.kind === 'ended') {
      const { what, dossier, outcome } = told;
      const how = typeof outcome === 'object' ? outcome.error : outcome;
      useApp.setState({ job: undefined, ended: { job: told.job, what, dossier, outcome: how } });
    } else if (told.kind === 'media-damaged') {
      useApp.setState({ problem: { code: 'vault-item-damaged', item: 'video', block: 0 } });
    } else {
      // Nothing can be asked until it is known again: a new host has yet to be told which vault it is.
      useApp.setState({ shell: undefined, place: { at: 'start' }, job: undefined, lockedWhy: told.why });
      useApp.getState().load().catch(useApp.getState().fail);
    }
  });
}
