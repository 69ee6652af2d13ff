import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { parseRate, sampleOfFrame, SAMPLE_RATE, secondsOfFrame, type FrameRate } from '../../core/media/frame-rate.ts';
import type { Check } from '../../core/verify/report.ts';
import type { PictureSize } from './picture-size.ts';
import { timescale } from './encode-args.ts';
import { lastLine } from './frame-reader.ts';
import type { Ffmpeg } from './locate.ts';
import type { MediaAddress } from './address.ts';
import { collect } from './run.ts';

const tags = z.record(z.string(), z.string()).optional();
const Report = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      codec_name: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      pix_fmt: z.string().optional(),
      color_space: z.string().optional(),
      color_range: z.string().optional(),
      time_base: z.string().optional(),
      start_time: z.string().optional(),
      duration: z.string().optional(),
      tags,
    }),
  ),
  format: z.object({ duration: z.string().optional(), tags }),
  chapters: z.array(z.unknown()).optional(),
});

export interface Expected {
  readonly size: PictureSize;
  readonly rate: FrameRate;
  readonly frames: number;
  readonly sound: boolean;
  readonly words: boolean;
}

/** The only tags that may stand in a clip: container brands and constants that ffmpeg always writes. */
const ALLOWED_TAGS: Record<string, RegExp> = {
  major_brand: /^isom$/,
  minor_version: /^512$/,
  compatible_brands: /^[a-z0-9]+$/,
  language: /^und$/,
  handler_name: /^(VideoHandler|SoundHandler|SubtitleHandler)$/,
  vendor_id: /^\[0\]\[0\]\[0\]\[0\]$/,
  encoder: /^Lavc libx264$/,
};

function strayTags(all: readonly (Record<string, string> | undefined)[]): string[] {
  return all.flatMap((each) =>
    Object.entries(each ?? {})
      .filter(([name, value]) => !ALLOWED_TAGS[name]?.test(value))
      .map(([name]) => name),
  );
}

/** Re-opens a finished clip with the prober and holds container, streams and timestamps against the plan. */
export async function inspectClip(
  address: MediaAddress,
  tools: Ffmpeg,
  expected: Expected,
  signal?: AbortSignal,
): Promise<Check[]> {
  const shown = await probeJson(address, tools, signal);
  const video = shown.streams.find((stream) => stream.codec_type === 'video');
  const audio = shown.streams.find((stream) => stream.codec_type === 'audio');
  const { rate, frames } = expected;
  const pts = await packetTimes(address, tools, signal);
  const ticks = (timescale(rate) * rate.den) / rate.num;
  const scale = parseRate(video?.time_base);
  const sorted = pts.sort((a, b) => a - b);
  const misplaced = sorted.filter((value, index) => value !== index * ticks).length;
  const seconds = secondsOfFrame(frames, rate);
  const wanted = ['video', ...(expected.sound ? ['audio'] : []), ...(expected.words ? ['subtitle'] : [])].join('+');
  const found = shown.streams.map((stream) => stream.codec_type).join('+');
  const stray = strayTags([shown.format.tags, ...shown.streams.map((stream) => stream.tags)]);
  const extras = [...stray, ...((shown.chapters?.length ?? 0) > 0 ? ['chapters'] : [])];
  const check = (
    name: Check['name'],
    measured: number | string,
    goal: number | string,
    passed = measured === goal,
  ): Check => ({
    name,
    measured,
    wanted: goal,
    passed,
  });
  const duration = Number(video?.duration ?? 0);
  const checks = [
    check('streams', found, wanted),
    check('codec', `${video?.codec_name ?? '-'} ${video?.pix_fmt ?? '-'}`, 'h264 yuv420p'),
    check(
      'picture-size',
      `${video?.width ?? 0}x${video?.height ?? 0}`,
      `${expected.size.width}x${expected.size.height}`,
    ),
    check('colour', `${video?.color_space ?? '-'} ${video?.color_range ?? '-'}`, 'bt709 tv'),
    check('frames', pts.length, frames),
    check('timestamps', scale?.den === timescale(rate) ? misplaced : pts.length, 0),
    check('duration', duration, seconds, Math.abs(duration - seconds) < 0.5 / (rate.num / rate.den)),
    check('metadata', extras.join(' ') || 'none', 'none'),
  ];
  if (!expected.sound || !audio) return checks;
  // What counts is where sound and picture end and begin against each other.
  const start = Math.abs(Number(audio.start_time ?? 0) - Number(video?.start_time ?? 0));
  const end = Math.abs(Number(audio.duration ?? 0) - sampleOfFrame(frames, rate) / SAMPLE_RATE);
  const offset = Math.max(start, end);
  return [...checks, check('av-offset', offset, 0.025, offset <= 0.025)];
}

async function probeJson(address: MediaAddress, tools: Ffmpeg, signal: AbortSignal | undefined) {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-show_chapters', '-of', 'json', address];
  const exit = await collect(tools.ffprobe, args, { signal });
  if (signal?.aborted) fail({ code: 'cancelled' });
  if (exit.code !== 0) fail({ code: 'ffmpeg-failed', stage: 'probe', detail: lastLine(exit) });
  return Report.parse(JSON.parse(exit.stdout.toString('utf8')));
}

/** Presentation time of every video packet, in ticks of the track. */
async function packetTimes(address: MediaAddress, tools: Ffmpeg, signal: AbortSignal | undefined): Promise<number[]> {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts', '-of', 'csv=p=0', address];
  const exit = await collect(tools.ffprobe, args, { signal, timeoutMs: 600_000 });
  if (signal?.aborted) fail({ code: 'cancelled' });
  const rows = exit.stdout
    .toString('utf8')
    .split('\n')
    .filter((row) => row.trim() !== '');
  return rows.map((row) => Number.parseInt(row, 10));
}
