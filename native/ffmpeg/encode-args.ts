import { formatRate, SAMPLE_RATE, type FrameRate } from '../../core/media/frame-rate.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { MediaAddress } from './address.ts';
import { onTimeline, readBeside, type SoundStream } from './decode-args.ts';
import type { PictureSize } from './picture-size.ts';

/** Nothing but what we wrote: no tags, chapters, encoder versions or build strings. */
const CLEAN = [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact'],
  ...['-flags:v', '+bitexact', '-flags:a', '+bitexact'],
];

const COLOUR = [
  ...['-color_range', 'tv', '-colorspace', 'bt709'],
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709'],
];

/**
 * What ffmpeg can write to a pipe, so that nothing of it need ever be a plain file (native/mp4/flatten.ts).
 * A fragment a second: picture and sound then lie as close together as in a file that it writes at once.
 */
const FRAGMENTS = [
  ...['-movflags', '+frag_keyframe+delay_moov+default_base_moof', '-frag_duration', '1000000'],
  ...['-f', 'mp4'],
];

export interface EncoderSettings {
  readonly preset: 'superfast' | 'veryfast';
  readonly crf: number;
  /** Most bits a second, over any second; undefined: what the quality takes. */
  readonly maxRate?: number | undefined;
}

/** A segment may be larger by this much of its rate. */
export const BUFFER_SECONDS = 0.5;

/**
 * Three B-pictures always, instead of searching for the best number, and no weighted prediction: with
 * `superfast` a third less work than its defaults, for a smaller file at equal SSIM (docs/adr/0002).
 * And no thread that looks ahead: it decides nothing else, but holds some 20 MB of full-HD pictures.
 */
const X264_PARAMS = 'b-adapt=0:bframes=3:weightp=0:sync-lookahead=0';

/** Ticks a second of the video track: a multiple of the rate, so that every frame starts on a tick. */
export function timescale(rate: FrameRate): number {
  return rate.num * (rate.num < 1000 ? 512 : 1);
}

/**
 * `-xerror` throughout: without it a failed trailer still ends with exit code 0.
 * One segment: raw yuv420p on stdin to a closed run of H.264 pictures on stdout.
 * Thread count is fixed: x264 writes other bytes with another number of threads, and a resumed job
 * must write the same ones.
 */
export function encodeSegmentArgs(
  size: PictureSize,
  rate: FrameRate,
  { preset, crf, maxRate }: EncoderSettings,
): string[] {
  const most =
    maxRate === undefined
      ? []
      : ['-maxrate', String(maxRate), '-bufsize', String(Math.round(maxRate * BUFFER_SECONDS))];
  return [
    ...['-v', 'error', '-xerror', '-y', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`],
    ...[
      '-r',
      formatRate(rate),
      '-i',
      'pipe:0',
      '-an',
      '-c:v',
      'libx264',
      '-preset',
      preset,
      '-crf',
      String(crf),
      ...most,
    ],
    ...['-x264-params', X264_PARAMS],
    ...['-threads', '3', '-flags', '+cgop', '-pix_fmt', 'yuv420p', ...COLOUR, ...CLEAN],
    // x264 writes its settings into an SEI unit; type 6 is SEI.
    ...['-bsf:v', 'filter_units=remove_types=6'],
    ...['-video_track_timescale', String(timescale(rate)), ...FRAGMENTS, 'pipe:1'],
  ];
}

/** How tall the pictures to look at are at most, in pixels: enough to see who is in view. */
const PROXY_HEIGHT = 540;
/** Every so many pictures can be reached without any other: what a seek has to decode at most. */
const PROXY_GROUP = 12;

/** @param size of the pictures that a small copy is made of */
export function proxySize({ width, height }: PictureSize): PictureSize {
  const factor = Math.min(1, PROXY_HEIGHT / Math.min(width, height));
  const even = (pixels: number) => Math.max(2, Math.round((pixels * factor) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/**
 * What is soft becomes louder, up to 32 dB and within half a second of what is loud: the clip is raised by 30 dB at most
 * (loudness.ts), and who decides by ear must not hear less than it will have.
 */
const LEVELLED = 'dynaudnorm=f=100:g=5:m=40';

interface HeardStream extends SoundStream {
  readonly channels: number;
}

/**
 * Raw yuv420p of the canonical timeline on stdin to a small copy of it for the screen, on stdout.
 * @param sound of the recording, to be heard along; it ends with the pictures
 */
export function encodeProxyArgs(size: PictureSize, rate: FrameRate, sound: HeardStream | undefined): string[] {
  const { width, height } = size;
  const small = proxySize(size);
  // A place in the sound that can't be decoded is a silence to who listens, and no reason to stop: no -xerror.
  // As many channels as the clip can have: what cancels in a mix would be heard there and not here.
  const input = sound ? ['-i', sound.address, '-map', '0:v', '-map', `1:${sound.streamIndex}`] : ['-xerror', '-an'];
  const speech = [
    '-af',
    `${onTimeline(SAMPLE_RATE)},${LEVELLED},apad`,
    '-ac',
    String(sound?.channels),
    '-c:a',
    'aac',
    '-b:a',
    '96k',
  ];
  return [
    ...['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`],
    ...['-r', formatRate(rate), '-i', 'pipe:0', ...input],
    ...['-vf', `scale=${small.width}:${small.height}:flags=fast_bilinear`, ...(sound ? [...speech, '-shortest'] : [])],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'fastdecode', '-crf', '24', '-bf', '0'],
    ...['-g', String(PROXY_GROUP), '-sc_threshold', '0', '-pix_fmt', 'yuv420p', ...COLOUR, ...CLEAN],
    ...['-video_track_timescale', String(timescale(rate)), ...FRAGMENTS, 'pipe:1'],
    ...readBeside(1, sound?.beside),
  ];
}

/**
 * How sound that is kept is coded. Noisy bands as they are: in their place ffmpeg's coder would put noise of its own,
 * which is not what was kept. Its coder `fast` keeps 12 dB more of speech at this rate than the other one.
 */
export function soundCoding(channels: number): string[] {
  return ['-c:a', 'aac', '-aac_coder', 'fast', '-aac_pns', '0', '-b:a', channels === 1 ? '128k' : '224k'];
}

/**
 * A stretch of a file as it is, to stdout; it begins with the last picture before it that needs no other.
 * @param from,to in seconds of the file
 */
export function fragmentArgs(source: MediaAddress, { video, audio }: Recording, from: number, to: number): string[] {
  return [
    ...['-v', 'error', '-xerror', '-nostdin', '-ss', from.toFixed(3), '-i', source, '-t', (to - from).toFixed(3)],
    ...['-map', `0:${video.streamIndex}`, ...(audio ? ['-map', `0:${audio.streamIndex}`] : [])],
    // QuickTime takes nearly every codec that cameras use, and keeps how a phone was held.
    ...['-c', 'copy', '-map_metadata', '-1', '-map_chapters', '-1', '-avoid_negative_ts', 'make_zero'],
    ...['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mov', 'pipe:1'],
  ];
}

/**
 * Joins segments without re-encoding, to stdout; interleaved f32le PCM on stdin becomes the sound.
 * @param channels of the sound; absent for a silent clip
 * @param subtitles a WebVTT file that becomes a track of timed text
 */
export function muxArgs(
  list: MediaAddress,
  rate: FrameRate,
  channels: number | undefined,
  subtitles: MediaAddress | undefined,
): string[] {
  const words = ['-map', `${channels ? 2 : 1}:s:0`, '-c:s', 'mov_text'];
  const pcm = ['-f', 'f32le', '-ar', String(SAMPLE_RATE), '-ac', String(channels), '-i', 'pipe:0'];
  return [
    ...['-v', 'error', '-xerror', '-y', '-protocol_whitelist', 'file,http,tcp,pipe'],
    ...['-f', 'concat', '-safe', '0', '-i', list, ...(channels ? pcm : [])],
    ...(subtitles ? ['-f', 'webvtt', '-i', subtitles] : []),
    ...[
      '-map',
      '0:v:0',
      '-c:v',
      'copy',
      ...(channels ? ['-map', '1:a:0', ...soundCoding(channels)] : ['-an']),
      ...(subtitles ? words : []),
    ],
    ...[...CLEAN, '-video_track_timescale', String(timescale(rate)), ...FRAGMENTS, 'pipe:1'],
  ];
}
