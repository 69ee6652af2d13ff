import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { iou } from '../../core/geometry/box.ts';
import type { Recording } from '../../core/media/recording.ts';
import { boxAt, KEYFRAME_WIDTH, type Track } from '../../core/track/track.ts';
import { loadModel } from '../../models/store.ts';
import { analyseRecording, QUALITIES, type Quality } from '../../native/analysis.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { openModel } from '../../native/onnx/pair.ts';
import { layOut, lookOf, SIZE, writePiece, type Variant } from './annotated-lesson.ts';

/** Of one look at a shot, there and back. */
interface Piece {
  readonly frames: number;
  readonly tracks: readonly Track[];
  readonly cuts: readonly number[];
}

export interface RepeatedLesson {
  readonly recording: Recording;
  readonly frameCount: number;
  readonly tracks: readonly Track[];
  readonly cuts: readonly number[];
  /** Seconds of picture that were really analysed. */
  readonly analysed: number;
  readonly pieces: number;
}

/** Where a piece ends and begins again with the same picture, boxes of the same head lie at least so well on each other. */
const SAME = 0.5;

/**
 * What an analysis of `layOut`'s lesson would find, from one analysis of each of its pieces: tracks are laid over the
 * timeline as often as their piece is shown, with names of their own, and go on over the seam where a piece is shown
 * again (it ends with the picture that it begins with).
 */
export async function analyseRepeated(
  data: string,
  minutes: number,
  quality: Quality['name'],
  folder: string,
  onPiece: (done: number, total: number) => void,
): Promise<RepeatedLesson> {
  const scenes = layOut(data, minutes);
  const frameCount = minutes * 60 * SIZE.rate;
  const looks = new Map(scenes.map((scene) => [lookOf(scene), scene.variant]));
  const { pieces, recording } = await analysePieces([...looks], quality, folder, onPiece);
  const tracks: Track[] = [];
  const cuts: number[] = [];
  let at = 0;
  for (const scene of scenes) {
    const piece = pieces.get(lookOf(scene))!;
    if (at > 0) cuts.push(at);
    let open = new Map<Track, Track>();
    for (let time = 0; time < scene.times && at < frameCount; time++) {
      const next = new Map<Track, Track>();
      for (const track of piece.tracks) {
        const before = track.start === 0 ? goesOn(track, open, piece.frames) : undefined;
        const laid = shifted(track, at, before && open.get(before));
        if (before) open.delete(before);
        if (track.end === piece.frames - 1) next.set(track, laid);
        else tracks.push(laid);
      }
      tracks.push(...open.values());
      open = next;
      cuts.push(...piece.cuts.map((cut) => at + cut));
      at += piece.frames;
    }
    tracks.push(...open.values());
  }
  const within = tracks.filter(({ start }) => start < frameCount).sort((a, b) => a.start - b.start);
  return {
    recording,
    frameCount,
    tracks: within.map((track, index) => ({
      ...cutOff(track, frameCount),
      id: `T${String(index + 1).padStart(5, '0')}`,
    })),
    cuts: cuts.filter((cut) => cut < frameCount),
    analysed: [...pieces.values()].reduce((sum, { frames }) => sum + frames, 0) / SIZE.rate,
    pieces: pieces.size,
  };
}

async function analysePieces(
  looks: readonly (readonly [string, Variant])[],
  quality: Quality['name'],
  folder: string,
  onPiece: (done: number, total: number) => void,
): Promise<{ pieces: Map<string, Piece>; recording: Recording }> {
  const tools = await locateFfmpeg();
  const detector = await openModel(loadModel({ file: undefined, licence: 'any' }));
  const pieces = new Map<string, Piece>();
  let recording: Recording | undefined;
  mkdirSync(folder, { recursive: true });
  try {
    for (const [look, variant] of looks) {
      const file = join(folder, 'stuk.mp4');
      await writePiece(variant, file);
      recording = await probe(file, tools);
      const address = fileAddress(file);
      const request = { address, recording, tools, detector, quality: QUALITIES[quality], singleThread: false };
      const { frameCount, tracks, cuts } = await analyseRecording(request);
      pieces.set(look, { frames: frameCount, tracks, cuts });
      rmSync(file);
      onPiece(pieces.size, looks.length);
    }
  } finally {
    await detector.close();
  }
  if (!recording) throw new Error('nothing to analyse');
  return { pieces, recording };
}

/** Of the tracks that ended with the picture before, the one that this one goes on from. */
function goesOn(track: Track, open: ReadonlyMap<Track, Track>, frames: number): Track | undefined {
  const box = boxAt(track, 0)!;
  let best: { readonly before: Track; readonly share: number } | undefined;
  for (const before of open.keys()) {
    const share = iou(boxAt(before, frames - 1)!, box);
    if (share >= SAME && (!best || share > best.share)) best = { before, share };
  }
  return best?.before;
}

/** @param before what it goes on from, already laid on the timeline */
function shifted(track: Track, by: number, before: Track | undefined): Track {
  const moved = track.keyframes.map((value, index) => (index % KEYFRAME_WIDTH === 0 ? value + by : value));
  const laid = { ...track, start: track.start + by, end: track.end + by, bestFrame: track.bestFrame + by };
  if (!before) return { ...laid, keyframes: moved };
  const keyframes = new Float32Array(before.keyframes.length + moved.length);
  keyframes.set(before.keyframes);
  keyframes.set(moved, before.keyframes.length);
  const best = before.bestScore >= track.bestScore ? before : laid;
  const { bestScore, bestFrame } = best;
  return { ...laid, keyframes, start: before.start, bestScore, bestFrame, hits: before.hits + track.hits };
}

/** What goes on after the last picture ends with it. */
function cutOff(track: Track, frameCount: number): Track {
  const end = frameCount - 1;
  if (track.end <= end) return track;
  const { x, y, w, h } = boxAt(track, end)!;
  const rows = Array.from(track.keyframes);
  const kept = rows.slice(0, rows.length - KEYFRAME_WIDTH).filter((_value, index) => {
    const frame = rows[Math.floor(index / KEYFRAME_WIDTH) * KEYFRAME_WIDTH]!;
    return frame < end;
  });
  return {
    ...track,
    end,
    bestFrame: Math.min(track.bestFrame, end),
    keyframes: Float32Array.from([...kept, end, x, y, w, h]),
  };
}
