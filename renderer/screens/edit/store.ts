import canonicalize from 'canonicalize';
import { create } from 'zustand';
import { NO_DECISIONS, type Decisions } from '../../../core/decision/decisions.ts';
import { apply, historyOf, redo, undo, type Edit, type History } from '../../../core/decision/edit.ts';
import type { AppError } from '../../../core/errors.ts';
import { secondsOfFrame, toNumber } from '../../../core/media/frame-rate.ts';
import { MaskSchedule } from '../../../core/plan/masks.ts';
import type { ValidPlan } from '../../../core/plan/plan.ts';
import { doubtsOf, type Doubt } from '../../../core/review/doubts.ts';
import type { Track } from '../../../core/track/track.ts';
import type { AnalysisView, CaseView } from '../../../electron/ipc/views.ts';
import { planOf } from '../../app/plan.ts';
import { call } from '../../client.ts';

export type Panel = 'tracks' | 'doubts' | 'areas' | 'objections';

interface Derived {
  readonly plan: ValidPlan | undefined;
  readonly schedule: MaskSchedule | undefined;
  readonly planError: AppError | undefined;
}

export interface EditState extends Derived {
  readonly view: CaseView | undefined;
  readonly analysis: AnalysisView | undefined;
  readonly byId: ReadonlyMap<string, Track>;
  readonly history: History;
  readonly doubts: readonly Doubt[];
  readonly seenDoubts: ReadonlySet<number>;
  /** Where the playhead stands, and which picture is on the screen by now; source frames. */
  readonly frame: number;
  readonly shown: number;
  readonly playing: boolean;
  readonly selected: string | undefined;
  /** Drawing an area, for a pupil who objects or for itself. */
  readonly drawing: boolean;
  readonly marks: { readonly from: number | undefined; readonly to: number | undefined };
  readonly masksShown: boolean;
  readonly panel: Panel;
  readonly saving: 'saved' | 'changed' | 'saving' | 'failed';
  /** Nothing can be changed while a clip is being made of what was decided. */
  readonly locked: boolean;
  open(view: CaseView, analysis: AnalysisView): void;
  attach(video: HTMLVideoElement | null): void;
  edit(edit: Edit): void;
  undo(): void;
  redo(): void;
  seek(frame: number): void;
  play(playing: boolean): void;
  set(
    part: Partial<
      Pick<
        EditState,
        'selected' | 'drawing' | 'marks' | 'masksShown' | 'panel' | 'shown' | 'frame' | 'playing' | 'locked'
      >
    >,
  ): void;
  goToDoubt(index: number): void;
  /** Resolves when the engine has what is shown here. @throws Refused */
  save(): Promise<void>;
  /** Forgets everything of the dossier. */
  close(): void;
}

const SAVE_AFTER_MS = 1500;
let video: HTMLVideoElement | null = null;
let waiting: ReturnType<typeof setTimeout> | undefined;
let underWay: Promise<void> | undefined;

/** By content, whatever the order of keys. */
function equal(a: Decisions, b: Decisions): boolean {
  return canonicalize(a) === canonicalize(b);
}

const NOTHING: Derived = { plan: undefined, schedule: undefined, planError: undefined };

const EMPTY = {
  ...NOTHING,
  view: undefined,
  analysis: undefined,
  byId: new Map<string, Track>(),
  history: historyOf(undefined),
  doubts: [],
  seenDoubts: new Set<number>(),
  frame: 0,
  shown: 0,
  playing: false,
  selected: undefined,
  drawing: false,
  marks: { from: undefined, to: undefined },
  masksShown: true,
  panel: 'tracks',
  saving: 'saved',
  locked: false,
} as const;

function derive(view: CaseView, analysis: AnalysisView, history: History): Derived {
  const result = planOf(view, analysis, history.present);
  if (!result.ok) return { ...NOTHING, planError: result.error };
  return { plan: result.plan, schedule: new MaskSchedule(result.plan), planError: undefined };
}

export const useEdit = create<EditState>()((set, get) => {
  const change = (history: History) => {
    const { view, analysis, locked } = get();
    if (!view || !analysis || locked || history === get().history) return;
    set({ history, saving: 'changed', ...derive(view, analysis, history) });
    clearTimeout(waiting);
    // A refusal is shown by `saving`.
    waiting = setTimeout(
      () =>
        void get()
          .save()
          .catch(() => {}),
      SAVE_AFTER_MS,
    );
  };
  const keep = async (present: Decisions) => {
    set({ saving: 'saving' });
    try {
      await call('case.decide', { decisions: present });
      set({ saving: get().history.present === present ? 'saved' : 'changed' });
    } catch (error) {
      set({ saving: 'failed' });
      throw error;
    }
  };
  return {
    ...EMPTY,
    open(view, analysis) {
      // What comes back after saving is what is here already; what another one decided is not.
      const same = get().view?.id === view.id && get().analysis?.id === analysis.id;
      const known = get().saving !== 'saved' || equal(view.state.decisions ?? NO_DECISIONS, get().history.present);
      if (same && known) return set({ view });
      const history = historyOf(view.state.decisions);
      const { width, height, rate } = view;
      set({
        ...EMPTY,
        view,
        analysis,
        history,
        byId: new Map(analysis.tracks.map((track) => [track.id, track])),
        doubts: doubtsOf({ ...analysis, width, height, rate }),
        ...derive(view, analysis, history),
      });
    },
    attach(element) {
      if (!element && video && !video.isConnected) {
        // What it has loaded goes with it.
        video.removeAttribute('src');
        video.load();
      }
      video = element;
    },
    edit: (edit) => change(apply(get().history, edit)),
    undo: () => change(undo(get().history)),
    redo: () => change(redo(get().history)),
    seek(wanted) {
      const { analysis, view } = get();
      if (!analysis || !view) return;
      const frame = Math.max(0, Math.min(analysis.frameCount - 1, Math.round(wanted)));
      set({ frame });
      // The middle of the frame: its start may by rounding belong to the one before.
      if (video) video.currentTime = secondsOfFrame(frame + 0.5, view.rate);
    },
    play(playing) {
      if (!video) return;
      if (playing) void video.play();
      else video.pause();
    },
    set: (part) => set(part),
    goToDoubt(index) {
      const { doubts, seek, seenDoubts } = get();
      const doubt = doubts[index];
      if (!doubt) return;
      seek(doubt.frame);
      set({ selected: doubt.track, panel: 'doubts', seenDoubts: new Set([...seenDoubts, index]) });
    },
    async save() {
      clearTimeout(waiting);
      // One after the other: what is asked for later must not overtake what is being kept.
      await underWay?.catch(() => {});
      const { saving, history } = get();
      if (saving === 'saved') return;
      underWay = keep(history.present);
      try {
        await underWay;
      } finally {
        underWay = undefined;
      }
    },
    close() {
      clearTimeout(waiting);
      set(EMPTY);
    },
  };
});

export function framesPerSecond(state: EditState): number {
  return state.view ? toNumber(state.view.rate) : 25;
}
