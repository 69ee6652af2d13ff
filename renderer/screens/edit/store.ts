import canonicalize from 'canonicalize';
import { create } from 'zustand';
import { NO_DECISIONS, type Decisions } from '../../../core/decision/decisions.ts';
import { apply, historyOf, redo, undo, type Edit, type History } from '../../../core/decision/edit.ts';
import type { AppError } from '../../../core/errors.ts';
import { secondsOfFrame, toNumber } from '../../../core/media/frame-rate.ts';
import { MaskSchedule } from '../../../core/plan/masks.ts';
import type { ValidPlan } from '../../../core/plan/plan.ts';
import { doubtsOf, type Doubt } from '../../../core/review/doubts.ts';
import type { FollowEnd } from '../../../core/track/follow-area.ts';
import { arrange, trackOfPart, type Lane } from '../../../core/track/lanes.ts';
import type { AnalysisView, CaseView } from '../../../electron/ipc/views.ts';
import { planOf } from '../../app/plan.ts';
import { call } from '../../client.ts';

export type Panel = 'tracks' | 'doubts' | 'areas' | 'objections' | 'sound';

/** Begin and end of a stretch, in source frames; drawn in the sound, also between two of them. */
export interface Marks {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

interface Derived {
  readonly lanes: readonly Lane[];
  /** By the names of all their parts and fills. */
  readonly laneOf: ReadonlyMap<string, Lane>;
  readonly plan: ValidPlan | undefined;
  readonly schedule: MaskSchedule | undefined;
  readonly planError: AppError | undefined;
}

export interface EditState extends Derived {
  readonly view: CaseView | undefined;
  readonly analysis: AnalysisView | undefined;
  readonly history: History;
  readonly doubts: readonly Doubt[];
  readonly seenDoubts: ReadonlySet<number>;
  /** Where the playhead stands, and which picture is on the screen by now; source frames. */
  readonly frame: number;
  readonly shown: number;
  readonly playing: boolean;
  /** Name of the lane that is chosen. */
  readonly selected: string | undefined;
  /** The lane that the chosen one is to be joined with. */
  readonly joining: string | undefined;
  /** Drawing an area, for a pupil who objects or for itself. */
  readonly drawing: boolean;
  readonly drawingFor: string | undefined;
  /** Number of the area that is chosen. */
  readonly area: number | undefined;
  /** An area is being followed; nothing else can be changed meanwhile. */
  readonly following: boolean;
  /** How far the area that was followed last could be followed. */
  readonly followed: { readonly area: number; readonly backward: FollowEnd; readonly forward: FollowEnd } | undefined;
  readonly marks: Marks;
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
        | 'selected'
        | 'joining'
        | 'drawing'
        | 'drawingFor'
        | 'area'
        | 'following'
        | 'followed'
        | 'marks'
        | 'masksShown'
        | 'panel'
        | 'shown'
        | 'frame'
        | 'playing'
        | 'locked'
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
const SAVE_APART_MS = 5000;
let savedAt = -SAVE_APART_MS;
let video: HTMLVideoElement | null = null;
let waiting: ReturnType<typeof setTimeout> | undefined;
let underWay: Promise<void> | undefined;

/** By content, whatever the order of keys. */
function equal(a: Decisions, b: Decisions): boolean {
  return canonicalize(a) === canonicalize(b);
}

const NOTHING: Derived = { lanes: [], laneOf: new Map(), plan: undefined, schedule: undefined, planError: undefined };

const EMPTY = {
  ...NOTHING,
  view: undefined,
  analysis: undefined,
  history: historyOf(undefined),
  doubts: [],
  seenDoubts: new Set<number>(),
  frame: 0,
  shown: 0,
  playing: false,
  selected: undefined,
  joining: undefined,
  drawing: false,
  drawingFor: undefined,
  area: undefined,
  following: false,
  followed: undefined,
  marks: { from: undefined, to: undefined },
  masksShown: true,
  panel: 'tracks',
  saving: 'saved',
  locked: false,
} as const;

/** @param before lanes that were derived for the same analysis, and the decisions that they were derived from */
function derive(
  view: CaseView,
  analysis: AnalysisView,
  { present }: History,
  before?: { readonly derived: Derived; readonly decisions: Decisions },
): Derived {
  const { splits, joins } = present;
  const same = before?.decisions.splits === splits && before.decisions.joins === joins;
  const arranged = same ? before.derived : lanesOf(arrange(analysis.tracks, present, analysis.cuts, view.rate));
  const { lanes, laneOf } = arranged;
  const result = planOf(view, analysis, present);
  if (!result.ok) return { ...NOTHING, lanes, laneOf, planError: result.error };
  return { lanes, laneOf, plan: result.plan, schedule: new MaskSchedule(result.plan), planError: undefined };
}

function lanesOf(lanes: readonly Lane[]): Pick<Derived, 'lanes' | 'laneOf'> {
  const sorted = [...lanes].sort((a, b) => a.parts[0]!.start - b.parts[0]!.start);
  const laneOf = new Map(sorted.flatMap((lane) => [...lane.parts, ...lane.fills].map(({ id }) => [id, lane] as const)));
  return { lanes: sorted, laneOf };
}

export const useEdit = create<EditState>()((set, get) => {
  const change = (history: History) => {
    const { view, analysis, locked, following, history: before } = get();
    if (!view || !analysis || locked || following || history === before) return;
    // Said again what was said already: to save it would void the clip and who judged it.
    if (equal(history.present, before.present)) return;
    const derived = derive(view, analysis, history, { derived: get(), decisions: before.present });
    const { selected, joining, area } = get();
    const known = (id: string | undefined) => (id === undefined ? undefined : derived.laneOf.get(id)?.id);
    set({
      history,
      saving: 'changed',
      ...derived,
      // What was joined has the name of its first part.
      selected: known(selected),
      joining: known(joining),
      area: area !== undefined && area < history.present.zones.length ? area : undefined,
    });
    clearTimeout(waiting);
    // A refusal is shown by `saving`.
    const save = () =>
      void get()
        .save()
        .catch(() => {});
    // Each time all of it is written: whoever decides key after key waits a little longer.
    waiting = setTimeout(save, Math.max(SAVE_AFTER_MS, savedAt + SAVE_APART_MS - performance.now()));
  };
  const keep = async (present: Decisions) => {
    set({ saving: 'saving' });
    savedAt = performance.now();
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
      const selected = doubt.track === undefined ? undefined : laneAt(get(), doubt.track, doubt.frame);
      set({ selected, panel: 'doubts', seenDoubts: new Set([...seenDoubts, index]) });
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

/** Name of the lane that a track of the analysis belongs to at a frame, wherever it was split or joined. */
function laneAt({ lanes, laneOf }: Derived, track: string, frame: number): string | undefined {
  const part = lanes
    .flatMap(({ parts }) => parts)
    .find(({ id, start, end }) => trackOfPart(id) === track && start <= frame && end >= frame);
  return laneOf.get(part?.id ?? track)?.id;
}

export function selectedLane({ selected, laneOf }: EditState): Lane | undefined {
  return selected === undefined ? undefined : laneOf.get(selected);
}

export function framesPerSecond(state: EditState): number {
  return state.view ? toNumber(state.view.rate) : 25;
}
