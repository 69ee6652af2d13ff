import './web-crypto.ts';
import { Desk } from '../../native/desk/desk.ts';
import type { Answer } from '../ipc/contract.ts';
import { handlers } from './handlers.ts';
import { MediaOffers } from './media.ts';
import type { Asked, FromHost } from './protocol.ts';

/** The process that owns keys, footage, ffmpeg and inference. Its death is a job that can be resumed, not a lost window. */
const port = process.parentPort;
const send = (message: FromHost) => port.postMessage(message);

const desk = new Desk({
  onProgress: (job, progress) => send({ kind: 'told', told: { kind: 'progress', job, ...progress } }),
  onEnd: (job, what, outcome, dossier) => send({ kind: 'told', told: { kind: 'ended', job, what, outcome, dossier } }),
});
const media = new MediaOffers(desk);
const answers: Record<string, (input: never) => unknown> = handlers(desk, media);

async function answer({ name, input }: Asked): Promise<Answer<unknown>> {
  try {
    // The shell has held every input against the contract.
    const value = await answers[name]?.(input as never);
    return { ok: true, value };
  } catch (error) {
    const known = desk.explain(error);
    if (known.code === 'desk-unexpected') complain(error);
    if (name === 'host.mediaRead' && known.code === 'vault-item-damaged')
      send({ kind: 'told', told: { kind: 'media-damaged' } });
    return { ok: false, error: known };
  }
}

/** For developers; without folders, whose names can be names of people and schools. */
function complain(error: unknown): void {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${trace.replace(/(file:\/\/)?([A-Za-z]:)?[^\s'"()]*[/\\]/g, '')}\n`);
}

port.on('message', ({ data }: { data: Asked }) => {
  void answer(data).then((given) => send({ kind: 'answer', id: data.id, answer: given }));
});
