import { KEYFRAME_WIDTH, type Track } from '../../core/track/track.ts';
import { saveAnalysis } from '../../native/analysis-file.ts';
import { analysisIdOf } from '../../native/analysis-stage.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { PROXY } from '../../native/proxy.ts';
import { PictureSignatures } from '../../native/signatures.ts';
import { withDossier } from '../../native/vault/case-job.ts';
import { ORIGINAL } from '../../native/vault/dossier.ts';
import { readAll } from '../../native/store/shelf.ts';
import type { Session } from '../../native/vault/vault.ts';
import { rmSync, writeFileSync } from 'node:fs';

const RATE = 25;
const PIECE_SECONDS = 60;
const PIECES = 60;

export interface LongLesson {
  readonly seconds: number;
  /** Lays down what an analysis of it would leave, with so many tracks: one takes hours on this machine. */
  analyse(session: Session, dossier: string, tracks: number): Promise<void>;
}

/** An hour of moving picture, of the kind that the small copy for the screen is. */
export async function layDownHour(file: string): Promise<LongLesson> {
  const piece = `${file}.piece.mp4`;
  const source = `testsrc2=s=960x540:r=${RATE}:d=${PIECE_SECONDS},noise=alls=6:allf=t`;
  const encode = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-tune',
    'fastdecode',
    '-crf',
    '24',
    '-bf',
    '0',
    '-g',
    '12',
  ];
  await must(['-f', 'lavfi', '-i', source, ...encode, '-sc_threshold', '0', '-pix_fmt', 'yuv420p', piece]);
  const list = `${file}.ffconcat`;
  writeFileSync(list, `ffconcat version 1.0\n${`file '${piece}'\n`.repeat(PIECES)}`);
  await must(['-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', '-movflags', '+faststart', file]);
  rmSync(piece);
  rmSync(list);
  return { seconds: PIECES * PIECE_SECONDS, analyse };
}

async function must(args: readonly string[]): Promise<void> {
  const { code, stderr } = await collect('ffmpeg', ['-v', 'error', '-y', ...args], { timeoutMs: 600_000 });
  if (code !== 0) throw new Error(stderr);
}

async function analyse(session: Session, dossier: string, count: number): Promise<void> {
  const frameCount = PIECES * PIECE_SECONDS * RATE;
  const tracks = Array.from({ length: count }, (_, index) => trackOf(index, count, frameCount));
  const signatures = new PictureSignatures();
  await withDossier(session, dossier, undefined, async ({ shelf }) => {
    await saveAnalysis(shelf, {
      analysis: { frameCount, cuts: [], tracks, damaged: false, signatures },
      analysisId: analysisIdOf(tracks),
    });
    const original = await shelf.open(ORIGINAL);
    const proxy = await shelf.create(PROXY);
    for await (const bytes of readAll(original)) await proxy.write(bytes);
    await proxy.commit();
    await original.close();
  });
}

/** A head that sways for most of the hour, with a keyframe a second. */
function trackOf(index: number, count: number, frameCount: number): Track {
  const start = Math.floor((index / count) * frameCount * 0.3);
  const end = frameCount - 1 - Math.floor(((count - index) / count) * frameCount * 0.2);
  const rows = Math.floor((end - start) / RATE) + 1;
  const keyframes = new Float32Array((rows + 1) * KEYFRAME_WIDTH);
  for (let row = 0; row <= rows; row++) {
    const frame = row === rows ? end : Math.min(end, start + row * RATE);
    const x = 20 + (index % 12) * 75 + 10 * Math.sin(row / 3 + index);
    keyframes.set([frame, x, 60 + Math.floor(index / 12) * 90, 34, 44], row * KEYFRAME_WIDTH);
  }
  const id = `T${String(index + 1).padStart(3, '0')}`;
  return { id, start, end, keyframes, origin: 'auto', bestScore: 0.9, bestFrame: start, hits: rows };
}
