import { parentPort, workerData } from 'node:worker_threads';
import type { DetectorJob, PassAnswer, PassRequest } from './detector.ts';
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

parentPort?.on('message', async (request: PassRequest) => {
  parentPort?.postMessage(await answer(request));
});
