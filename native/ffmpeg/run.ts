import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/**
 * The only file that starts a process. Arguments are always an array; the last lines of stderr are
 * kept for diagnosis; one AbortSignal reaches every child.
 */
export interface Running {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly pid: number | undefined;
  /** Resolves when the process has gone and its pipes are closed; never rejects. */
  readonly finished: Promise<Exit>;
  kill(): void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Set when the binary could not be started at all. */
  readonly spawnError: string | undefined;
  readonly stderr: string;
  readonly stderrLines: number;
}

const STDERR_TAIL = 4000;

/** A proxy would be sent what is meant for 127.0.0.1; a report would be a log on the disk. */
const KEPT_FROM_CHILDREN = /^(.*_proxy|FFREPORT|ONHERKENBAAR_.*)$/i;

/**
 * Environment for ffmpeg: static glibc builds crash in iconv on MPEG-TS unless gconv finds nothing, and a
 * separate heap for each of its threads holds 10 MB a decoder that nobody uses.
 */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !KEPT_FROM_CHILDREN.test(name));
  const linux = process.platform === 'linux' ? { GCONV_PATH: '/nonexistent', MALLOC_ARENA_MAX: '1' } : {};
  return { ...Object.fromEntries(own), ...linux, no_proxy: '*' };
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
}

export function run(binary: string, args: readonly string[], options: RunOptions = {}): Running {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(binary, [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment(),
    windowsHide: true,
  });
  let stderr = '';
  let stderrLines = 0;
  let spawnError: string | undefined;
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    stderrLines += text.split('\n').length - 1;
    stderr = (stderr + text).slice(-STDERR_TAIL);
  });
  // A child that dies closes its stdin under us; its exit code tells why, EPIPE does not.
  child.stdin.on('error', () => {});
  child.stdout.on('error', () => {});
  const kill = () => void child.kill('SIGKILL');
  const onAbort = () => kill();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) kill();
  const finished = new Promise<Exit>((resolve) => {
    const settle = (code: number | null, signal: string | null) => {
      options.signal?.removeEventListener('abort', onAbort);
      resolve({ code, signal, spawnError, stderr, stderrLines });
    };
    child.on('error', (error) => {
      spawnError = error.message;
      if (child.pid === undefined) settle(null, null);
    });
    child.on('close', settle);
  });
  return { stdin: child.stdin, stdout: child.stdout, pid: child.pid, finished, kill };
}

export interface Collected extends Exit {
  readonly stdout: Buffer;
}

/** Runs to the end and collects stdout; kills after `timeoutMs` so that a probe can never hang a job. */
export async function collect(
  binary: string,
  args: readonly string[],
  options: RunOptions & { readonly timeoutMs?: number } = {},
): Promise<Collected> {
  const running = run(binary, args, options);
  const timer = setTimeout(() => running.kill(), options.timeoutMs ?? 60_000);
  running.stdin.end();
  const chunks: Buffer[] = [];
  running.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const exit = await running.finished;
  clearTimeout(timer);
  return { ...exit, stdout: Buffer.concat(chunks) };
}

/** Writes with backpressure; resolves false when the reader has gone. */
export function write(stream: Writable, data: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    if (stream.destroyed) resolve(false);
    else stream.write(data, (error) => resolve(!error));
  });
}
