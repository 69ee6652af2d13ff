// The whole job against a plain transcode of the same clip, in one run, with its stages and limits.
// usage: npm run bench -- [FILE.mp4] [--seconds 60] [--model FILE.onnx] [--quality fast,careful] [--runs 1]
//        --memory: only the jobs' peak memory, for long recordings; times are then not compared.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { run } from '../../native/ffmpeg/run.ts';
import { composeLesson } from '../../native/demo-lesson.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    model: { type: 'string' },
    quality: { type: 'string', default: 'fast,careful' },
    runs: { type: 'string', default: '1' },
    memory: { type: 'boolean', default: false },
  },
});

/** Composing many heads is slow; the lesson repeats itself after this, with a scene cut. */
const PIECE_SECONDS = 12;

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
  readonly code: number | null;
  readonly stdout: string;
}

/** Memory of a process and all below it, in MB; pages that several of them map count once, in shares. */
function treeMb(pid: number): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
  const list = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const members = new Set([pid]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [child = 0, parent = 0] of list) {
      if (members.has(parent) && !members.has(child)) {
        members.add(child);
        grown = true;
      }
    }
  }
  return list.reduce((sum, [child = 0, , rss = 0]) => sum + (members.has(child) ? shareKb(child, rss) / 1024 : 0), 0);
}

/** Proportional share where the system tells it; a process that has just been forked else counts its parent again. */
function shareKb(pid: number, rss: number): number {
  try {
    const pss = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return pss === undefined ? rss : Number(pss);
  } catch {
    return rss;
  }
}

async function measure(binary: string, args: readonly string[]): Promise<Measured> {
  const start = performance.now();
  const running = run(binary, args);
  running.stdin.end();
  let stdout = '';
  running.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  let peakMb = 0;
  const timer = setInterval(() => {
    if (running.pid !== undefined) peakMb = Math.max(peakMb, treeMb(running.pid));
  }, 250);
  const { code } = await running.finished;
  clearInterval(timer);
  return { seconds: (performance.now() - start) / 1000, peakMb, code, stdout };
}

/** Seconds each stage took, from the progress lines: frames over speed at its last line. */
function stages(stdout: string): string {
  const last = new Map<string, number>();
  for (const line of stdout.split('\n')) {
    if (!line.includes('"progress"')) continue;
    const event: { stage: string; round?: number; done: number; total: number; elapsed: number } = JSON.parse(line);
    last.set(`${event.stage}${(event.round ?? 1) > 1 ? ` ${event.round}` : ''}`, event.elapsed);
  }
  return [...last].map(([stage, seconds]) => `${stage} ${seconds.toFixed(1)} s`).join(', ');
}

const tools = await locateFfmpeg();
const folder = mkdtempSync(join(tmpdir(), 'onherkenbaar-bench-'));

/** The plain transcode that everything is compared with, and the limits below it; its seconds. */
async function transcodes(clip: string): Promise<number> {
  const base = ['-v', 'error', '-y', '-i', clip, '-an'];
  const x264 = (preset: string) => ['-c:v', 'libx264', '-preset', preset, '-crf', '21', join(folder, 'plain.mp4')];
  const plain = await measure(tools.ffmpeg, [...base, ...x264('veryfast')]);
  const decode = await measure(tools.ffmpeg, [...base, '-f', 'null', '-']);
  const superfast = await measure(tools.ffmpeg, [...base, ...x264('superfast')]);
  const share = (other: Measured) => (other.seconds / plain.seconds).toFixed(2);
  console.log(`clip: ${(statSync(clip).size / 1e6).toFixed(1)} MB`);
  console.log(`plain ffmpeg veryfast crf 21: ${plain.seconds.toFixed(1)} s, ${plain.peakMb.toFixed(0)} MB  = 1.00`);
  console.log(`limits: decode only ${share(decode)}, superfast ${share(superfast)}`);
  return plain.seconds;
}

async function job(clip: string, quality: string, plain: number | undefined): Promise<void> {
  const args = ['dist/cli.mjs', 'anonymise', clip, '-o', join(folder, `${quality}.mp4`), '--quality', quality];
  const flags = ['--overwrite', '--json', '--accept-findings', ...(values.model ? ['--model', values.model] : [])];
  const ran = await measure(process.execPath, [...args, ...flags]);
  const done = ran.stdout.split('\n').find((line) => line.includes('"event":"done"'));
  const report: { tracks?: number } = done ? JSON.parse(done) : {};
  const time = plain === undefined ? '' : ` = ${(ran.seconds / plain).toFixed(2)} x plain`;
  console.log(
    `${quality}: ${ran.seconds.toFixed(1)} s${time}, peak ${ran.peakMb.toFixed(0)} MB, exit ${ran.code}, ${report.tracks ?? '?'} tracks; ${stages(ran.stdout)}`,
  );
}

try {
  let clip = positionals[0];
  if (clip === undefined) {
    const piece = join(folder, 'piece.mp4');
    await composeLesson(tools, piece, new AbortController().signal, { seconds: PIECE_SECONDS, crowd: 20 });
    clip = join(folder, 'lesson.mp4');
    const times = String(Math.ceil(Number(values.seconds) / PIECE_SECONDS) - 1);
    await measure(tools.ffmpeg, ['-v', 'error', '-stream_loop', times, '-i', piece, '-c', 'copy', clip]);
  }
  for (let round = 0; round < Number(values.runs); round++) {
    const plain = values.memory ? undefined : await transcodes(clip);
    for (const quality of values.quality.split(',')) await job(clip, quality, plain);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
