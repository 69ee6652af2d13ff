import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { canonicalRate, parseRate, toNumber } from '../../core/media/frame-rate.ts';
import type { AudioFacts, ColourFacts, Recording, VideoFacts } from '../../core/media/recording.ts';
import { fileAddress, type MediaAddress } from './address.ts';
import { BROKEN_TIMES } from './decode-args.ts';
import type { Ffmpeg } from './locate.ts';
import { isProtected } from './protected.ts';
import { collect } from './run.ts';

/** Smallest and largest picture that is accepted, in pixels; below, no face can be judged. */
const MIN_SIDE = 64;
const MAX_PIXELS = 4096 * 2304;

/** Recordings come in these; names as ffmpeg's demuxers have them. */
const CONTAINERS = new Set(
  'mov mp4 matroska webm avi mpegts mpeg flv asf mxf gif ogg nut dv h264 hevc m4v mjpeg mpegvideo rm wtv 3gp ivf'.split(
    ' ',
  ),
);
const SUSPICIOUS_BYTES_PER_SECOND = 4000;

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
  color_space: z.string().optional(),
  color_range: z.string().optional(),
  pix_fmt: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  nb_frames: z.string().optional(),
  duration: z.string().optional(),
  channels: z.number().optional(),
  sample_fmt: z.string().optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
  tags,
});
const Report = z.object({
  streams: z.array(Stream),
  format: z.object({
    format_name: z.string(),
    duration: z.string().optional(),
    start_time: z.string().optional(),
    tags,
  }),
});
type Stream = z.infer<typeof Stream>;

/**
 * Reads what a file holds. Nothing is decoded yet, so a damaged middle is found later.
 * @throws AppFailure an `input-…` code
 */
export async function probe(path: string, tools: Ffmpeg, signal?: AbortSignal): Promise<Recording> {
  const bytes = checkFile(path);
  if (isProtected(path)) fail({ code: 'input-encrypted' });
  return probeMedia(fileAddress(path), bytes, tools, signal);
}

/** The same for anything that ffmpeg can open. @param bytes its size */
export async function probeMedia(
  address: MediaAddress,
  bytes: number,
  tools: Ffmpeg,
  signal?: AbortSignal,
): Promise<Recording> {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', address];
  const exit = await collect(tools.ffprobe, args, { signal, timeoutMs: 60_000 });
  if (signal?.aborted) fail({ code: 'cancelled' });
  if (exit.code !== 0) fail({ code: 'input-not-media' });
  const parsed = Report.safeParse(JSON.parse(exit.stdout.toString('utf8')));
  if (!parsed.success) fail({ code: 'input-not-media' });
  const { streams, format } = parsed.data;
  const pictures = streams.filter((stream) => stream.codec_type === 'video' && !isCover(stream));
  const video = pictures[0];
  if (!video) fail({ code: 'input-no-video' });
  if (/^(image2|.*_pipe$)/.test(format.format_name)) fail({ code: 'input-still-picture' });
  // A list of files is not a recording: what is checked and what is read would be two things.
  if (!format.format_name.split(',').some((name) => CONTAINERS.has(name))) fail({ code: 'input-not-media' });
  const audio = streams.find(isDecodableSound);
  const container = format.format_name.split(',')[0] ?? format.format_name;
  if (audio && BROKEN_TIMES.has(container) && !tools.canReadStreams) fail({ code: 'input-stream-unsupported' });
  const durationSeconds = lengthOf(video, format);
  const facts = videoFacts(video, durationSeconds);
  await checkTimes(address, tools, video, durationSeconds, bytes, facts);
  return {
    container,
    bytes,
    durationSeconds,
    video: facts,
    audio: audio && audioFacts(audio),
    dropped: streams.filter((stream) => stream !== video && stream !== audio).map(describe),
    personalTags: personalTags([format.tags, ...streams.map((stream) => stream.tags)]),
  };
}

/**
 * The prober opened a decoder for it: of others it can't tell what samples they have. One that can't be decoded is among
 * what is left out, and no reason to refuse a lesson of which nothing would be heard anyhow.
 */
function isDecodableSound({ codec_type, channels = 0, sample_fmt }: Stream): boolean {
  return codec_type === 'audio' && channels > 0 && sample_fmt !== undefined;
}

/** Looks at the file alone. @returns its size in bytes @throws AppFailure */
export function checkFile(path: string): number {
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

/** Seconds from first to last picture; Matroska counts its duration from zero, not from its first time stamp. */
function lengthOf(video: Stream, format: z.infer<typeof Report>['format']): number {
  const duration = Number(video.duration ?? format.duration ?? 0);
  const start = format.format_name.includes('matroska') ? Number(format.start_time ?? 0) : 0;
  return duration > start ? duration - start : duration;
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
  const estimatedFrames = Math.max(1, Math.round(durationSeconds * toNumber(rate)));
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
    colour: colourFacts(video, Math.min(width, height) >= 720),
    estimatedFrames,
  };
}

function colourFacts(video: Stream, highDefinition: boolean): ColourFacts {
  const tagged = ![undefined, 'unknown', 'reserved'].includes(video.color_space);
  const untagged = highDefinition ? 'bt709' : 'bt601';
  const matrix = video.color_space === 'bt709' ? 'bt709' : tagged ? 'tagged' : untagged;
  return {
    matrix,
    canonical: matrix === 'bt709' && video.pix_fmt === 'yuv420p' && video.color_range !== 'pc',
  };
}

/**
 * One picture in ten hours: filling the canonical timeline would repeat it a million times. Containers
 * that don't say how many pictures they hold are counted when they are suspiciously small.
 */
async function checkTimes(
  address: MediaAddress,
  tools: Ffmpeg,
  video: Stream,
  seconds: number,
  bytes: number,
  { rate }: VideoFacts,
): Promise<void> {
  if (seconds < 60) return;
  let frames = Number(video.nb_frames ?? 0);
  if (frames === 0 && bytes / seconds < SUSPICIOUS_BYTES_PER_SECOND) {
    const entries = [
      '-select_streams',
      String(video.index),
      '-count_packets',
      '-show_entries',
      'stream=nb_read_packets',
    ];
    const { stdout } = await collect(tools.ffprobe, ['-v', 'error', ...entries, '-of', 'csv=p=0', address]);
    frames = Number.parseInt(stdout.toString('utf8'), 10) || 1;
  }
  if (frames > 0 && frames / seconds < Math.max(0.5, toNumber(rate) / 10))
    fail({ code: 'input-timestamps', seconds: Math.round(seconds), frames });
}

function audioFacts(audio: Stream): AudioFacts {
  return { streamIndex: audio.index, codec: audio.codec_name ?? 'unknown', channels: audio.channels ?? 0 };
}
