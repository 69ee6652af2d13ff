import { formatRate, SAMPLE_RATE, secondsOfFrame, type FrameRate } from '../../core/media/frame-rate.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { MediaAddress } from './address.ts';
import type { PictureSize } from './picture-size.ts';

/**
 * Filters that put any input on the canonical timeline and into square-pixel, progressive, BT.709
 * 8-bit 4:2:0. Both passes use exactly this chain, so frame `n` is the same picture in both.
 */
function canonicalChain(recording: Recording, size: PictureSize, flags: string): string {
  const { video } = recording;
  return [
    video.interlaced ? 'bwdif=mode=send_frame:deint=all' : '',
    // start_time=0 repeats the first picture over a late start; round=near is the default.
    `fps=${formatRate(video.rate)}:start_time=0`,
    video.hdr
      ? 'zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv'
      : '',
    `scale=${size.width}:${size.height}:flags=${flags}${colourOptions(recording)}`,
    'setsar=1',
    'format=yuv420p',
  ]
    .filter(Boolean)
    .join(',');
}

/**
 * Naming a colour matrix makes the filter convert every picture, wanted or not: as long as a decode.
 * Without it, pictures that fit already pass untouched and a change of size half-way is still caught.
 */
function colourOptions({ video }: Recording): string {
  if (video.colour.canonical && !video.hdr) return '';
  const from = video.hdr || video.colour.matrix === 'tagged' ? '' : `:in_color_matrix=${video.colour.matrix}`;
  return `${from}:out_color_matrix=bt709:out_range=tv`;
}

/** Formats that go on, jump back or begin anew in the middle (ffmpeg's AVFMT_TS_DISCONT), as it names them. */
export const BROKEN_TIMES = new Set(['mpegts', 'mpeg']);

/** The other stream that must be read for times to be right; undefined where each has its own right times. */
export function streamBeside({ container, video, audio }: Recording, stream: 'video' | 'audio'): number | undefined {
  if (!BROKEN_TIMES.has(container) || !audio) return undefined;
  return stream === 'video' ? audio.streamIndex : video.streamIndex;
}

/**
 * Reads another stream along, and throws it away. Of formats with broken times ffmpeg takes time 0, and mends jumps,
 * by the streams that are used: with one of them alone sound and picture would each have a time of their own, and what
 * is decided in the picture would fall on other sound.
 */
export function readBeside(input: number, stream: number | undefined): string[] {
  // Packets of the copy are numbered: times that go back at a join would be an error.
  return stream === undefined
    ? []
    : ['-map', `${input}:${stream}`, '-c', 'copy', '-bsf', 'setts=ts=N', '-f', 'null', '-'];
}

/** Raw yuv420p frames of the canonical timeline on stdout. */
export function decodeArgs(
  address: MediaAddress,
  recording: Recording,
  size: PictureSize,
  singleThread: boolean,
): string[] {
  const full = size.width === recording.video.width;
  return [
    ...['-v', 'error', '-nostdin'],
    // Concealment of damaged pictures differs from run to run with several threads.
    ...(singleThread ? ['-threads', '1'] : []),
    ...['-i', address, '-map', `0:${recording.video.streamIndex}`, '-an', '-sn', '-dn'],
    ...['-vf', canonicalChain(recording, size, full ? 'bicubic' : 'fast_bilinear')],
    ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1'],
    ...readBeside(0, streamBeside(recording, 'video')),
  ];
}

/**
 * Some pictures of a small copy (encodeProxyArgs), as raw yuv420p on stdout.
 * @param from,count in frames
 */
export function copyFramesArgs(copy: MediaAddress, rate: FrameRate, from: number, count: number): string[] {
  // Half a frame early: a time that is rounded up would leave out the first picture.
  const start = Math.max(0, secondsOfFrame(from - 0.5, rate));
  return [
    ...['-v', 'error', '-nostdin', '-ss', start.toFixed(6), '-i', copy, '-map', '0:v:0', '-an'],
    ...['-frames:v', String(count), '-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1'],
  ];
}

/** Where the sound of a recording is. */
export interface SoundStream {
  readonly address: MediaAddress;
  readonly streamIndex: number;
  /** See {@link streamBeside}. */
  readonly beside?: number | undefined;
}

/**
 * Filter that puts sound on the timeline of the pictures, starting at time 0. Where time stamps leave a gap or overlap
 * by more than 10 ms, it is filled or trimmed there and then: by itself the filter lets a tenth of a second grow.
 */
export function onTimeline(rate: number): string {
  return `aresample=${rate}:async=1:min_hard_comp=0.01:first_pts=0`;
}

/**
 * Interleaved f32le PCM, at {@link SAMPLE_RATE} if nothing else is said, on the same timeline.
 * @param channels of what comes out; ffmpeg's own downmix, with levels that cannot clip
 */
export function decodeAudioArgs(
  { address, streamIndex, beside }: SoundStream,
  channels: number,
  rate = SAMPLE_RATE,
): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-i', address, '-map', `0:${streamIndex}`],
    ...['-af', onTimeline(rate)],
    ...['-ac', String(channels), '-f', 'f32le', 'pipe:1'],
    ...readBeside(0, beside),
  ];
}
