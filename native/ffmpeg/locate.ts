import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { fail } from '../../core/errors.ts';
import { collect } from './run.ts';

/** A usable ffmpeg with what it can do; analysis and rendering of one job use the same one. */
export interface Ffmpeg {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly version: string;
  readonly source: FfmpegSource;
  /** zscale and tonemap: needed for HDR recordings only. */
  readonly canToneMap: boolean;
  /** Streams whose times jump can be read whole (see `readBeside`): since ffmpeg 4.4. */
  readonly canReadStreams: boolean;
  readonly canDeinterlace: boolean;
  /** Hardware H.264 encoders that are compiled in; being listed does not mean that they work. */
  readonly hardwareEncoders: readonly string[];
}

export type FfmpegSource = 'environment' | 'ffmpeg-static' | 'system' | 'npm';

interface Candidate {
  readonly source: FfmpegSource;
  readonly ffmpeg: string | undefined;
}

const HARDWARE = ['h264_videotoolbox', 'h264_nvenc', 'h264_qsv', 'h264_amf', 'h264_vaapi'];
const optionalRequire = createRequire(import.meta.url);

/** Path carried by an optional package; undefined when npm left the package out on this machine. */
function packaged(name: string, pick: (module: unknown) => unknown): string | undefined {
  try {
    const path = pick(optionalRequire(name));
    return typeof path === 'string' ? path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`) : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'path' in module ? module.path : undefined;
}

function candidates(): Candidate[] {
  const explicit = process.env['FFMPEG_PATH'] ?? process.env['FFMPEG_BIN'];
  if (explicit) return [{ source: 'environment', ffmpeg: explicit }];
  return [
    { source: 'ffmpeg-static', ffmpeg: packaged('ffmpeg-static', (module) => module) },
    { source: 'system', ffmpeg: 'ffmpeg' },
    { source: 'npm', ffmpeg: packaged('@ffmpeg-installer/ffmpeg', pathOf) },
  ];
}

/** False when an absolute path leads nowhere; mends a missing execute bit (scriptless npm installs). */
function startable(path: string): boolean {
  if (!isAbsolute(path)) return true;
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    try {
      chmodSync(path, 0o755);
      return true;
    } catch {
      return false;
    }
  }
}

async function listing(binary: string, flag: string): Promise<string> {
  const { stdout } = await collect(binary, ['-hide_banner', flag], { timeoutMs: 15_000 });
  return stdout.toString('utf8');
}

const lists = (text: string, name: string) => new RegExp(`^\\s+\\S+\\s+${name}\\s`, 'm').test(text);

async function findFfprobe(ffmpeg: string): Promise<string | undefined> {
  const explicit = process.env['FFPROBE_PATH'];
  const beside = isAbsolute(ffmpeg) ? join(dirname(ffmpeg), basename(ffmpeg).replace('ffmpeg', 'ffprobe')) : undefined;
  const options = explicit ? [explicit] : [beside, 'ffprobe', packaged('@ffprobe-installer/ffprobe', pathOf)];
  for (const path of options) {
    if (!path || !startable(path)) continue;
    const { code } = await collect(path, ['-version'], { timeoutMs: 15_000 });
    if (code === 0) return path;
  }
  return undefined;
}

interface Inspection {
  readonly found: Ffmpeg | undefined;
  readonly lacks: string;
}

async function inspect({ source, ffmpeg }: Candidate): Promise<Inspection> {
  if (!ffmpeg || !startable(ffmpeg)) return { found: undefined, lacks: 'file' };
  const version = await collect(ffmpeg, ['-hide_banner', '-version'], { timeoutMs: 15_000 });
  if (version.code !== 0) return { found: undefined, lacks: 'file' };
  const [encoders, muxers, filters, bitstreamFilters] = await Promise.all([
    listing(ffmpeg, '-encoders'),
    listing(ffmpeg, '-muxers'),
    listing(ffmpeg, '-filters'),
    listing(ffmpeg, '-bsfs'),
  ]);
  const needed: [string, boolean][] = [
    ['libx264', lists(encoders, 'libx264')],
    ['aac', lists(encoders, 'aac')],
    ['rawvideo', lists(muxers, 'rawvideo')],
    ['fps', lists(filters, 'fps')],
    ['scale', lists(filters, 'scale')],
  ];
  const missing = needed.filter(([, present]) => !present).map(([name]) => name);
  if (missing.length > 0) return { found: undefined, lacks: missing.join(', ') };
  const ffprobe = await findFfprobe(ffmpeg);
  if (!ffprobe) return { found: undefined, lacks: 'ffprobe' };
  return {
    lacks: '',
    found: {
      ffmpeg,
      ffprobe,
      source,
      version: /version (\S+)/.exec(version.stdout.toString('utf8'))?.[1] ?? 'unknown',
      canToneMap: lists(filters, 'zscale') && lists(filters, 'tonemap'),
      canReadStreams: /^setts$/m.test(bitstreamFilters),
      canDeinterlace: lists(filters, 'bwdif'),
      hardwareEncoders: HARDWARE.filter((name) => lists(encoders, name)),
    },
  };
}

/**
 * Finds ffmpeg: environment variable, ffmpeg-static, system, npm-carried build; the first that has
 * all that is needed. An explicit path is used or refused, never silently replaced.
 * @throws AppFailure `ffmpeg-missing` or, for an explicit path, `ffmpeg-unusable`
 */
export async function locateFfmpeg(): Promise<Ffmpeg> {
  for (const candidate of candidates()) {
    const { found, lacks } = await inspect(candidate);
    if (found) return found;
    if (candidate.source === 'environment') fail({ code: 'ffmpeg-unusable', path: candidate.ffmpeg ?? '', lacks });
  }
  return fail({ code: 'ffmpeg-missing' });
}
