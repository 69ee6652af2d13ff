import { parentPort, workerData } from 'node:worker_threads';
import { CLOSE, type DetectorJob, type PassAnswer, type PassRequest } from './detector-messages.ts';
import { runPass } from './passes.ts';
import { openNetwork } from './session.ts';

/** One thread of a detector: its own network, one pass at a time. */
const { family, bytes }: DetectorJob = workerData;
const network = openNetwork(bytes);

async function answer({ frame, pass, minScore }: PassRequest): Promise<PassAnswer> {
  try {
    return { faces: await runPass(await network, family, frame, pass, minScore) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

let answered: Promise<void> = Promise.resolve();

parentPort?.on('message', async (request: PassRequest | typeof CLOSE) => {
  if (request !== CLOSE) {
    answered = answer(request).then((found) => parentPort?.postMessage(found));
    return;
  }
  // A thread that is ended while the network computes or is still being prepared aborts the process.
  await answered;
  await network.then(
    (opened) => opened.release(),
    () => {},
  );
  parentPort?.close();
});
