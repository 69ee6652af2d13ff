import type { OfferedView, ProfileView } from '../../core/profile/view.ts';
import type { AgeBand } from '../../core/register/entry.ts';
import type { LetterWish } from '../../core/register/letter-fields.ts';
import type { LetterKind } from '../../core/register/letters.ts';
import type { BatchWay } from '../ipc/batch-calls.ts';
import type { Answer, CallName, Told } from '../ipc/contract.ts';
import type { BatchView, ListOutcome } from '../ipc/views.ts';

/** What the shell asks beside what the screen asks: these carry paths, which the screen never has. */
export interface ShellCalls {
  'host.choose': { readonly in: { readonly root: string }; readonly out: void };
  'host.make': {
    readonly in: {
      readonly root: string;
      readonly name: string;
      readonly passphrase: string;
      readonly allowLocal: boolean;
    };
    readonly out: unknown;
  };
  'host.state': { readonly in: undefined; readonly out: { readonly unlocked: unknown; readonly busy: boolean } };
  'host.look': { readonly in: { readonly path: string }; readonly out: unknown };
  'host.subtitles': { readonly in: { readonly path: string }; readonly out: unknown };
  'host.import': {
    readonly in: {
      readonly path: string;
      readonly draft: string;
      readonly fragment: { readonly from: number; readonly to: number } | undefined;
    };
    readonly out: string;
  };
  'host.wipeSource': { readonly in: { readonly path: string; readonly dossier: string }; readonly out: unknown };
  'host.profileExport': { readonly in: { readonly path: string }; readonly out: void };
  'host.profileLook': { readonly in: { readonly path: string }; readonly out: OfferedView };
  'host.profileImport': {
    readonly in: { readonly path: string; readonly fingerprint: string };
    readonly out: ProfileView;
  };
  'host.list': {
    readonly in: {
      readonly path: string;
      readonly group: string | undefined;
      readonly band: AgeBand;
      readonly dryRun: boolean;
    };
    readonly out: ListOutcome;
  };
  'host.letter': {
    readonly in: { readonly path: string; readonly kind: LetterKind } & Omit<LetterWish, 'on'>;
    readonly out: void;
  };
  /** A way without a place goes to a folder that the user chose. */
  'host.batch': {
    readonly in: {
      readonly clips: readonly string[];
      readonly ways: readonly (BatchWay & { readonly path: string | undefined })[];
    };
    readonly out: BatchView;
  };
  'host.deliver': {
    readonly in: {
      readonly dossier: string;
      readonly target: string;
      readonly pageRead: boolean;
      readonly path: string;
    };
    readonly out: { readonly name: string };
  };
  'host.paper': {
    readonly in: {
      readonly kind: 'dossier' | 'honesty';
      readonly dossier: string;
      readonly path: string;
      readonly language: 'nl' | 'en';
    };
    readonly out: void;
  };
  'host.requestLetter': { readonly in: { readonly request: string; readonly path: string }; readonly out: void };
  'host.incidentForm': { readonly in: { readonly incident: string; readonly path: string }; readonly out: void };
  'host.mediaSize': { readonly in: { readonly token: string }; readonly out: number };
  'host.mediaRead': {
    readonly in: { readonly token: string; readonly from: number; readonly length: number };
    readonly out: Uint8Array;
  };
  /** Finishes or stops what runs, forgets keys, and lets the process end. */
  'host.stop': { readonly in: undefined; readonly out: void };
}
export type ShellCallName = keyof ShellCalls;

export interface Asked {
  readonly id: number;
  readonly name: CallName | ShellCallName;
  readonly input: unknown;
}

export type FromHost =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer<unknown> }
  | { readonly kind: 'told'; readonly told: Told };
