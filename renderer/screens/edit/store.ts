import { create } from 'zustand';
import { apply, historyOf, redo, undo, type Edit, type History } from '../../../core/decision/edit.ts';
import type { AppError } from '../../../core/errors.ts';
import { secondsOfFrame, toNumber } from '../../../core/media/frame-rate.ts';
import { MaskSchedule } from '../../../core/plan/masks.ts';
import type { ValidPlan } from '../../../core/plan/plan.ts';
import { doubtsOf, type Doubt } from '../../../core/review/doubts.ts';
import type { Track } from '../../../core/track/track.ts';
import type { AnalysisView, CaseView } from '../../../electron/ipc/views.ts';
import { planOf } from '../../app/plan.ts';
import { call, errorOf } from '../../client.ts';

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
  open(view: CaseView, analysis: AnalysisView): void;
  attach(video: HTMLVideoElement | null): void;
  edit(edit: Edit): void;
  undo(): void;
  redo(): void;
  seek(frame: number): void;
  play(playing: boolean): void;
  set(
    part: Partial<
      Pick<EditState, 'selected' | 'drawing' | 'marks' | 'masksShown' | 'panel' | 'shown' | 'frame' | 'playing'>
    >,
  ): void;
  goToDoubt(index: number): void;
  save(): Promise<void>;
}

const SAVE_AFTER_MS = 1500;
let video: HTMLVideoElement | null = null;
let waiting: ReturnType<typeof setTimeout> | undefined;

const NOTHING: Derived = { plan: undefined, schedule: undefined, planError: undefined };

function derive(view: CaseView, analysis: AnalysisView, history: History): Derived {
  const result = planOf(view, analysis, history.present);
  if (!result.ok) return { ...NOTHING, planError: result.error };
  return { plan: result.plan, schedule: new MaskSchedule(result.plan), planError: undefined };
}

export const useEdit = create<EditState>()((set, get) => {
  const change = (history: History) => {
    const { view, analysis } = get();
    if (!view || !analysis || history === get().history) return;
    set({ history, saving: 'changed', ...derive(view, analysis, history) });
    clearTimeout(waiting);
    waiting = setTimeout(() => void get().save(), SAVE_AFTER_MS);
  };
  return {
    ...NOTHING,
    view: undefined,
    analysis: undefined,
    byId: new Map(),
    history: historyOf(undefined),
    doubts: [],
    seenDoubts: new Set(),
    frame: 0,
    shown: 0,
    playing: false,
    selected: undefined,
    drawing: false,
    marks: { from: undefined, to: undefined },
    masksShown: true,
    panel: 'tracks',
    saving: 'saved',
    open(view, analysis) {
      // What comes back after saving is what is here already.
      const same = get().view?.id === view.id && get().analysis?.id === analysis.id;
      if (same) return set({ view });
      const history = historyOf(view.state.decisions);
      const { width, height, rate } = view;
      set({
        view,
        analysis,
        history,
        byId: new Map(analysis.tracks.map((track) => [track.id, track])),
        doubts: doubtsOf({ ...analysis, width, height, rate }),
        seenDoubts: new Set(),
        selected: undefined,
        frame: 0,
        shown: 0,
        playing: false,
        saving: 'saved',
        panel: 'tracks',
        ...derive(view, analysis, history),
      });
    },
    attach(element) {
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
      if (get().saving !== 'changed' && get().saving !== 'failed') return;
      const { present } = get().history;
      set({ saving: 'saving' });
      try {
        await call('case.decide', { decisions: present });
        set({ saving: get().history.present === present ? 'saved' : 'changed' });
      } catch (error) {
        set({ saving: 'failed', planError: errorOf(error) });
      }
    },
  };
});

export function framesPerSecond(state: EditState): number {
  return state.view ? toNumber(state.view.rate) : 25;
}
