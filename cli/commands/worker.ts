import { resolve } from 'node:path';
import { fail } from '../../core/errors.ts';
import type { MakeElsewhere } from '../../native/elsewhere.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import type { Session } from '../../native/vault/vault.ts';
import { addWorker, enterAsWorker, retireWorker, workersOf } from '../../native/vault/worker-account.ts';
import { sentence } from '../../words/errors.ts';
import { handOut } from '../../workers/hand-out.ts';
import { JobQueue } from '../../workers/job-queue.ts';
import { queueAddress, type QueueAddress } from '../../workers/queue-address.ts';
import { serve } from '../../workers/serve.ts';
import type { Context } from '../context.ts';
import { keepingTexts } from '../words/keeping-texts.ts';
import { workerTexts } from '../words/worker-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface AddWorkerOptions extends VaultOptions {
  readonly keyFile: string;
  readonly name?: string;
}

/** Makes a worker's account and keeps its key in a file. */
export async function addWorkerCommand(options: AddWorkerOptions, context: Context): Promise<void> {
  const words = workerTexts(context.language);
  const session = await openSession(options, context);
  const keyFile = resolve(options.keyFile);
  const { id } = await addWorker(session, keyFile, options.name ?? words.name);
  if (context.asJson) {
    context.output.json({ event: 'person', person: id, role: 'worker' });
    return;
  }
  context.output.say(words.made(id, keyFile));
  for (const line of words.next) context.output.say(line);
  if (process.platform === 'win32') context.output.say(keepingTexts(context.language).windowsKey);
}

/** Takes a worker out of service. @param worker number */
export async function retireWorkerCommand(worker: string, options: VaultOptions, context: Context): Promise<void> {
  await retireWorker(await openSession(options, context), worker);
  if (context.asJson) context.output.json({ event: 'worker-retired', person: worker });
  else context.output.say(workerTexts(context.language).retired(worker));
}

export interface ServeOptions {
  readonly vault: string;
  readonly keyFile: string;
  readonly queue: string;
}

/** Makes segments for others until it is stopped. */
export async function serveCommand(options: ServeOptions, context: Context): Promise<void> {
  const words = workerTexts(context.language);
  const { output, asJson, language } = context;
  const address = queueAddress(options.queue);
  const session = await enterAsWorker(resolve(options.vault), resolve(options.keyFile));
  const tools = await locateFfmpeg();
  const { id } = session.keys.person;
  const news = {
    onReady: () => (asJson ? output.json({ event: 'worker', person: id }) : output.say(words.waiting(id))),
    onMade: (made: { dossier: string; job: string; segment: number; seconds: number }) =>
      asJson
        ? output.json({ event: 'segment', ...made })
        : output.say(words.segment(made.dossier, made.segment, made.seconds)),
    onFailed: (error: Parameters<typeof sentence>[0] | undefined) =>
      asJson
        ? output.json({ event: 'segment-failed', code: error?.code ?? 'unexpected' })
        : output.say(`${words.failed} ${error ? sentence(error, language) : context.texts.unexpected}`),
    onQueue: (state: 'away' | 'back') =>
      asJson ? output.json({ event: 'queue', state }) : output.say(words.queue[state]),
  };
  await serve(address, session, tools, news, context.signal);
  if (!asJson) output.say(words.stopped);
}

/** What a job needs to have its segments made by workers; refused at once where there are none. */
export async function callWorkers(
  address: QueueAddress,
  session: Session,
  dossier: string,
  context: Context,
): Promise<{ readonly elsewhere: MakeElsewhere; close(): Promise<void> }> {
  if (workersOf(session).length === 0) fail({ code: 'queue-no-workers' });
  const queue = await JobQueue.open(address, session.vault.id);
  const onUnserved = () => {
    if (context.asJson) context.output.json({ event: 'queue', state: 'unserved' });
    else context.output.say(workerTexts(context.language).unserved);
  };
  return { elsewhere: handOut(queue, session, dossier, onUnserved), close: () => queue.close() };
}
