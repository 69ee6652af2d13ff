import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { canonicalRate, parseRate, toNumber } from '../../core/media/frame-rate.ts';
import type { AudioFacts, Recording, VideoFacts } from '../../core/media/recording.ts';
import type { Ffmpeg } from './locate.ts';
import { collect } from './run.ts';

/** Smallest and largest picture that is accepted, in pixels; below, no face can be judged. */
const MIN_SIDE = 64;
const MAX_PIXELS = 4096 * 2304;

const tags = z.record(z.string(), z.string()).optional();
const Stream = z.object({
  index: z.number(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  field_order: z.string().optional(),
  color_transfer: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  nb_frames: z.string().optional(),
  duration: z.string().optional(),
  channels: z.number().optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
  tags,
});
const Report = z.object({
  streams: z.array(Stream),
  format: z.object({ format_name: z.string(), duration: z.string().optional(), tags }),
});
type Stream = z.infer<typeof Stream>;

/** ffmpeg reads `name:` prefixes and leading dashes as something else than a file; `file:` ends that. */
export function asInput(path: string): string {
  return `file:${path}`;
}

/**
 * Reads what a file holds. Nothing is decoded yet, so a damaged middle is found later.
 * @throws AppFailure an `input-…` code
 */
export async function probe(path: string, tools: Ffmpeg, signal?: AbortSignal): Promise<Recording> {
  const bytes = checkFile(path);
  const args = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', asInput(path)];
  const exit = await collect(tools.ffprobe, args, { signal, timeoutMs: 60_000 });
  if (signal?.aborted) fail({ code: 'cancelled' });
  if (exit.code !== 0) fail({ code: 'input-not-media' });
  const parsed = Report.safeParse(JSON.parse(exit.stdout.toString('utf8')));
  if (!parsed.success) fail({ code: 'input-not-media' });
  const { streams, format } = parsed.data;
  if (streams.some((stream) => /^(encv|drm|enca)/.test(stream.codec_name ?? '')) || /crypto/.test(exit.stderr))
    fail({ code: 'input-encrypted' });
  const pictures = streams.filter((stream) => stream.codec_type === 'video' && !isCover(stream));
  const video = pictures[0];
  if (!video) fail({ code: 'input-no-video' });
  if (/^(image2|.*_pipe$)/.test(format.format_name)) fail({ code: 'input-still-picture' });
  const audio = streams.find((stream) => stream.codec_type === 'audio' && (stream.channels ?? 0) > 0);
  const durationSeconds = Number(video.duration ?? format.duration ?? 0);
  const facts = videoFacts(video, durationSeconds);
  return {
    container: format.format_name.split(',')[0] ?? format.format_name,
    bytes,
    durationSeconds,
    video: facts,
    audio: audio && audioFacts(audio),
    dropped: streams.filter((stream) => stream !== video && stream !== audio).map(describe),
    personalTags: personalTags([format.tags, ...streams.map((stream) => stream.tags)]),
  };
}

function checkFile(path: string): number {
  let stats;
  try {
    stats = statSync(path);
  } catch {
    return fail({ code: 'input-missing' });
  }
  if (!stats.isFile()) fail({ code: 'input-not-a-file' });
  if (stats.size === 0) fail({ code: 'input-empty' });
  try {
    const file = openSync(path, 'r');
    readSync(file, Buffer.alloc(1));
    closeSync(file);
  } catch {
    fail({ code: 'input-unreadable' });
  }
  return stats.size;
}

function isCover(stream: Stream): boolean {
  return stream.disposition?.['attached_pic'] === 1 || stream.disposition?.['timed_thumbnails'] === 1;
}

function describe(stream: Stream): string {
  if (isCover(stream)) return 'cover-picture';
  return stream.codec_type ?? 'unknown';
}

/** Container plumbing that says nothing about a person, place or device. */
const HARMLESS =
  /^(major_brand|minor_version|compatible_brands|language|handler_name|vendor_id|encoder|duration|bps|number_of|_statistics|rotate)/i;

function personalTags(all: readonly (Record<string, string> | undefined)[]): string[] {
  const names = all.flatMap((each) => Object.keys(each ?? {})).filter((name) => !HARMLESS.test(name));
  return [...new Set(names)].sort();
}

function rotationOf(video: Stream): number {
  const matrix = video.side_data_list?.find((side) => side.rotation !== undefined)?.rotation;
  return Math.round(matrix ?? Number(video.tags?.['rotate'] ?? 0)) || 0;
}

function videoFacts(video: Stream, durationSeconds: number): VideoFacts {
  const codedWidth = video.width ?? 0;
  const codedHeight = video.height ?? 0;
  // Fragment-encrypted MP4 and headers cut short both leave a video stream without a picture size.
  if (codedWidth === 0 || codedHeight === 0) fail({ code: 'input-not-media' });
  const aspect = parseRate(video.sample_aspect_ratio);
  const squareWidth = Math.round(codedWidth * (aspect ? toNumber(aspect) : 1));
  const rotationDegrees = rotationOf(video);
  const turned = Math.abs(rotationDegrees) % 180 === 90;
  const width = (turned ? codedHeight : squareWidth) & ~1;
  const height = (turned ? squareWidth : codedHeight) & ~1;
  if (Math.min(width, height) < MIN_SIDE) fail({ code: 'input-too-small', width: codedWidth, height: codedHeight });
  if (width * height > MAX_PIXELS) fail({ code: 'input-too-large', width: codedWidth, height: codedHeight });
  const base = parseRate(video.r_frame_rate);
  const average = parseRate(video.avg_frame_rate);
  const rate = canonicalRate(base, average);
  const counted = Number(video.nb_frames ?? 0);
  const estimatedFrames = Math.max(1, Math.round(durationSeconds * toNumber(rate)));
  // One picture in ten hours: filling the canonical timeline would repeat it a million times.
  if (counted > 1 && durationSeconds > 60 && counted / durationSeconds < 0.5)
    fail({ code: 'input-timestamps', seconds: Math.round(durationSeconds), frames: counted });
  return {
    streamIndex: video.index,
    codec: video.codec_name ?? 'unknown',
    codedWidth,
    codedHeight,
    width,
    height,
    rotationDegrees,
    rate,
    sourceRate: average ?? base,
    variableRate:
      base !== undefined && average !== undefined && Math.abs(toNumber(base) / toNumber(average) - 1) > 0.001,
    interlaced: !['progressive', 'unknown', undefined].includes(video.field_order),
    hdr: ['smpte2084', 'arib-std-b67'].includes(video.color_transfer ?? ''),
    estimatedFrames,
  };
}

function audioFacts(audio: Stream): AudioFacts {
  return { streamIndex: audio.index, codec: audio.codec_name ?? 'unknown', channels: audio.channels ?? 0 };
}
