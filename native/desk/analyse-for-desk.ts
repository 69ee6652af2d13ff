import { analyseStage, type AnalysedRecording, type AnalysisRequest } from '../analysis-stage.ts';
import type { Engine } from '../engine.ts';
import { ProxyWriter } from '../proxy.ts';
import { soundSource } from '../sound/sound-track.ts';
import { JobFolder } from '../store/job-folder.ts';
import { ORIGINAL, type Dossier } from '../vault/dossier.ts';
import { analysisJobKey } from './analysis-key.ts';

/**
 * Looks for faces and listens for speech, and makes the small copy to look at and listen to on the way. Goes on where
 * it was stopped.
 * @param accept takes in what was found; only then the interrupted run is forgotten
 */
export async function analyseForDesk(
  dossier: Dossier,
  engine: Engine,
  request: Omit<AnalysisRequest, 'address' | 'listen'>,
  accept: (found: AnalysedRecording) => Promise<void>,
): Promise<void> {
  const { quality, signal } = request;
  const { video } = request.recording;
  const address = dossier.shelf.address(ORIGINAL);
  const sound = soundSource(address, request.recording);
  const folder = JobFolder.resumeOrCreate(dossier.jobShelf(), analysisJobKey(dossier.state.hmac, engine, quality));
  let proxy: ProxyWriter | undefined;
  try {
    const found = await analyseStage({ ...request, address, listen: true }, folder, async (picture) => {
      // Once more from the start: a damaged recording.
      if (picture.index === 0 && proxy) {
        await proxy.abandon();
        proxy = undefined;
      }
      proxy ??= await ProxyWriter.start(dossier.shelf, picture, video.rate, sound, engine.tools, signal);
      await proxy.add(picture);
    });
    await proxy?.finish();
    proxy = undefined;
    await accept(found);
    folder.remove();
  } catch (error) {
    await proxy?.abandon();
    folder.close();
    throw error;
  }
}
