import { analyse } from '../core/pipeline/analyse.ts';
import { clip, coverage, type Box } from '../core/geometry/box.ts';
import type { Detection } from '../core/geometry/detection.ts';
import { secondsOfFrame, toNumber } from '../core/media/frame-rate.ts';
import { shareUnder } from '../core/plan/mask-shape.ts';
import { MaskSchedule, type Mask } from '../core/plan/masks.ts';
import type { Cue } from '../core/subtitles/cue.ts';
import { keptFrames, sourceFrameOf, type ValidPlan } from '../core/plan/plan.ts';
import { boxAt, KEYFRAME_WIDTH, type Track } from '../core/track/track.ts';
import { requiredScore, TUNING } from '../core/track/tuning.ts';
import type { Check, Finding, VerificationReport } from '../core/verify/report.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import { decodeArgs } from './ffmpeg/decode-args.ts';
import { readFrames, type FrameStream, type YuvFrame } from './ffmpeg/frame-reader.ts';
import { inspectClip } from './ffmpeg/inspect.ts';
import { probeMedia } from './ffmpeg/probe.ts';
import type { FaceDetector } from './onnx/detector.ts';
import { lookAt, type Look } from './onnx/zoom.ts';
import { PictureCheck, type PictureTask } from './picture-check.ts';
import { createFollower } from './tracking/follower.ts';
import { followSize, PyramidPool } from './tracking/pyramid.ts';
import { checkWords } from './words-check.ts';
import { checkSound, type SoundChecked } from './sound/check-sound.ts';
import { soundSource } from './sound/sound-track.ts';

export interface VerifyTask extends PictureTask {
  /** Of the finished clip, as it is read back from where it was kept. */
  readonly clip: FinishedClip;
  readonly detector: FaceDetector;
  /** Subtitles that the clip must have, in its own time. */
  readonly words?: readonly Cue[] | undefined;
  readonly look: Look;
  /** Seconds between looks for faces outside masks; risky moments come on top. */
  readonly everySeconds: number;
  /** Follow the faces that are found, so that they can be hidden. */
  readonly followFindings: boolean;
  onProgress?(done: number, total: number): void;
}

export interface FinishedClip {
  readonly address: MediaAddress;
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface Verified {
  readonly report: VerificationReport;
  /** Faces found outside masks, followed both ways, in source frames: ready to be hidden as well. */
  readonly extraTracks: readonly Track[];
}

/** A face with this much of it under masks is hidden; the rim of a mask often still looks like a head. */
const HIDDEN_SHARE = 0.5;
/** Probability from which a face outside masks is a finding. */
const FINDING_SCORE = 0.7;
const MIN_FACE_HEIGHT = 16;

/**
 * Opens the finished file by an independent path and measures it against plan and original.
 * @throws AppFailure `ffmpeg-failed`, `cancelled`
 */
export async function verify(task: VerifyTask): Promise<Verified> {
  const { plan, tools, signal, words = [] } = task;
  const frames = keptFrames(plan);
  const sound = plan.sound !== undefined && task.recording.audio !== undefined;
  const containerChecks = await inspectClip(
    task.clip.address,
    tools,
    { size: plan, rate: plan.rate, frames, sound, words: words.length > 0 },
    signal,
  );
  const watch = new Watch(task, frames);
  await watch.run();
  const heard = await soundOf(task);
  const unreadable = watch.findings.filter(({ kind }) => kind === 'readable-under-mask').length;
  const wrong = watch.findings.filter(({ kind }) => kind === 'wrong-picture').length;
  const faces = watch.findings.filter(({ kind }) => kind === 'face-in-view').length;
  const zero = (name: Check['name'], measured: number): Check => ({
    name,
    measured,
    wanted: 0,
    passed: measured === 0,
  });
  const checks = [
    ...containerChecks,
    ...(await checkWords(task.clip.address, words, tools, signal)),
    zero('right-picture', wrong + Math.abs(watch.framesSeen - frames) + watch.complaints),
    zero('unreadable', unreadable),
    zero('no-faces-left', faces),
    ...heard.checks,
  ];
  return {
    extraTracks: watch.extraTracks,
    report: {
      sha256: task.clip.sha256,
      checks,
      findings: [...watch.findings, ...heard.findings],
      framesSearched: watch.framesSearched,
      masksCompared: watch.masksCompared,
      furthestField: watch.furthestField,
      detector: task.detector.name,
      passed: checks.every(({ passed }) => passed),
    },
  };
}

async function soundOf({ address, recording, clip, plan, tools, signal }: VerifyTask): Promise<SoundChecked> {
  const source = soundSource(address, recording);
  if (!plan.sound || !source) return { checks: [], findings: [] };
  return checkSound({ source, clip: clip.address, plan, sound: plan.sound, tools, signal });
}

/** The pass over the pictures: compares, searches, and follows what it finds. */
class Watch {
  readonly findings: Finding[] = [];
  extraTracks: Track[] = [];
  framesSeen = 0;
  framesSearched = 0;
  /** Of the decoder about the clip: it makes up what it can't read, and says so nowhere else. */
  complaints = 0;
  private readonly open = new Map<number, readonly Detection[]>();
  private readonly schedule: MaskSchedule;
  private readonly risky: ReadonlySet<number>;
  private readonly pictures: PictureCheck;
  private masks: readonly Mask[] = [];

  constructor(
    private readonly task: VerifyTask,
    private readonly frames: number,
  ) {
    this.schedule = new MaskSchedule(task.plan);
    this.risky = riskyFrames(task.plan);
    this.pictures = new PictureCheck(task, this.schedule);
  }

  get furthestField(): number {
    return this.pictures.furthestField;
  }

  get masksCompared(): number {
    return this.pictures.masksCompared;
  }

  async run(): Promise<void> {
    const every = Math.max(1, Math.round(this.task.everySeconds * toNumber(this.task.plan.rate)));
    // Of two decoders side by side each gets by with one thread, and each further one would hold 15 MB.
    const { frames, ended } = await this.decodeClip(this.pictures.decodes);
    for await (const frame of this.checked(frames)) {
      // Where no scene cut has moved them half-way between the deep looks of the analysis: other pictures.
      const due = frame.index === 0 || frame.index % every === every >> 1;
      if (!due && !this.risky.has(sourceFrameOf(this.task.plan, frame.index) ?? -1)) continue;
      const open = await this.search(frame);
      if (open.length > 0) this.open.set(frame.index, open);
    }
    this.complaints = (await ended).stderrLines;
    if (this.open.size > 0 && this.task.followFindings) await this.followFindings();
  }

  /** The clip's frames on its own timeline; whether one is missing or repeated, its packets tell (inspect.ts). */
  private async decodeClip(singleThread: boolean): Promise<FrameStream> {
    const { plan, tools, clip, signal } = this.task;
    const recording = await probeMedia(clip.address, clip.bytes, tools, signal);
    return readFrames(tools.ffmpeg, decodeArgs(clip.address, recording, plan, singleThread), plan, signal);
  }

  /** A second pass, only when there is something to follow: how long was each face in view? */
  private async followFindings(): Promise<void> {
    const { plan, signal } = this.task;
    const follow = followSize(plan.width, plan.height);
    const pool = new PyramidPool();
    const { tracks } = await analyse(
      {
        frames: (await this.decodeClip(false)).frames,
        follower: createFollower(plan.width, plan.height),
        reduce: (frame: YuvFrame) => pool.build(frame),
        discard: (picture) => pool.recycle(picture),
        look: (_frame: YuvFrame, index: number) => Promise.resolve(this.open.get(index) ?? []),
        signal,
      },
      {
        framesPerSecond: toNumber(plan.rate),
        stride: 1,
        toFollow: follow.scale,
        toRecording: plan.width / follow.width,
      },
      // Every frame is offered; what was found decides.
      { deepSeconds: 1e-6, regularSeconds: 1e-6 },
      { ...TUNING, startScore: FINDING_SCORE, tentativeScore: FINDING_SCORE, tentativeHits: 1 },
    );
    this.extraTracks = tracks.map((track, index) => this.toSource(track, index));
  }

  /** Passes the clip's frames on, each held against the original where that is due. */
  private async *checked(frames: AsyncIterable<YuvFrame>): AsyncGenerator<YuvFrame> {
    try {
      for await (const frame of frames) {
        this.masks = this.schedule.masks(sourceFrameOf(this.task.plan, frame.index) ?? 0);
        for (const { kind, box, value } of await this.pictures.faultsOf(frame, this.masks))
          this.note(kind, frame.index, box, value);
        yield frame;
        this.framesSeen++;
        this.task.onProgress?.(this.framesSeen, this.frames);
      }
    } finally {
      await this.pictures.close();
    }
  }

  private async search(frame: YuvFrame): Promise<Detection[]> {
    this.framesSearched++;
    const faces = await lookAt(this.task.detector, frame, this.task.look, 0.1);
    const open = faces.filter(
      (face) =>
        face.score >= requiredScore(FINDING_SCORE, face.h / frame.height) &&
        face.h >= MIN_FACE_HEIGHT &&
        this.isOpen(face, frame.index),
    );
    for (const face of open) this.note('face-in-view', frame.index, face, face.score);
    return open;
  }

  /** Not hidden by a mask and not a track that somebody decided to keep in view. */
  private isOpen(face: Detection, index: number): boolean {
    const inside = clip(face, this.task.plan.width, this.task.plan.height);
    if (this.masks.some((mask) => shareUnder(inside, mask) > HIDDEN_SHARE)) return false;
    const source = sourceFrameOf(this.task.plan, index) ?? 0;
    return !this.task.plan.tracks.some(({ track, treatment }) => {
      const box = treatment === 'keep' ? boxAt(track, source) : undefined;
      return box !== undefined && coverage(face, box) > 0.5;
    });
  }

  private note(kind: Finding['kind'], frame: number, box: Box, value: number): void {
    this.findings.push({ kind, frame, seconds: secondsOfFrame(frame, this.task.plan.rate), box, value });
  }

  private toSource(track: Track, index: number): Track {
    const { plan } = this.task;
    const keyframes = Float32Array.from(track.keyframes);
    const last = plan.sourceFrames - 1;
    for (let row = 0; row < keyframes.length; row += KEYFRAME_WIDTH)
      keyframes[row] = sourceFrameOf(plan, keyframes[row]!) ?? last;
    const start = sourceFrameOf(plan, track.start) ?? last;
    const end = sourceFrameOf(plan, track.end) ?? last;
    return { ...track, id: `V${String(index + 1).padStart(3, '0')}`, start, end, keyframes };
  }
}

/** Frames just before a track begins or after it ends; one a second is looked at, beyond the regular ones. */
function riskyFrames(plan: ValidPlan): Set<number> {
  const bySecond = new Map<number, number>();
  for (const { track } of plan.tracks) {
    for (const frame of [track.start - 1, track.end + 1]) {
      if (frame > 0 && frame < plan.sourceFrames - 1) bySecond.set(Math.floor(frame / toNumber(plan.rate)), frame);
    }
  }
  return new Set(bySecond.values());
}
