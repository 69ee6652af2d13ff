import { createHash } from 'node:crypto';
import type { Recording } from '../core/media/recording.ts';
import type { OnProgress } from '../core/pipeline/progress.ts';
import type { HeardSound } from '../core/sound/speech.ts';
import type { Track } from '../core/track/track.ts';
import type { LoadedModel } from '../models/store.ts';
import { analyseRecording, type AnalysedFrames, type Quality } from './analysis.ts';
import type { MediaAddress } from './ffmpeg/address.ts';
import type { YuvFrame } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { releaseMemory } from './memory.ts';
import type { FaceDetector } from './onnx/detector.ts';
import { openModel } from './onnx/pair.ts';
import { hearRecording } from './sound/hear.ts';
import { soundSource } from './sound/sound-track.ts';
import type { JobFolder } from './store/job-folder.ts';

/** Names an analysis by what it found, so that decisions made on it fit no other one. */
export function analysisIdOf(tracks: readonly Track[]): string {
  const hash = createHash('sha256');
  for (const { id, start, end, keyframes } of tracks) {
    hash.update(`${id} ${start} ${end} ${keyframes.length}`);
    hash.update(new Uint8Array(keyframes.buffer, keyframes.byteOffset, keyframes.byteLength));
  }
  return hash.digest('hex').slice(0, 16);
}

export interface AnalysedRecording {
  readonly analysis: AnalysedFrames;
  readonly analysisId: string;
  /** Name of what looked for faces; unknown of an analysis that was kept before its name was. */
  readonly model?: string | undefined;
  /** Where somebody speaks; absent where there is no sound or nobody asked. */
  readonly heard?: HeardSound | undefined;
}

export interface AnalysisRequest {
  readonly address: MediaAddress;
  readonly recording: Recording;
  readonly tools: Ffmpeg;
  readonly model: LoadedModel;
  readonly quality: Quality;
  /** Listen for speech as well. */
  readonly listen?: boolean | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs with a detector that is gone afterwards, threads, memory and all. */
export async function withDetector<T>(model: LoadedModel, use: (detector: FaceDetector) => Promise<T>): Promise<T> {
  // Preparing the weights takes more memory than the network itself.
  releaseMemory();
  const detector = await openModel(model);
  try {
    return await use(detector);
  } finally {
    await detector.close();
    releaseMemory();
  }
}

/** Beside the faces: it takes a hundredth of their time. */
function startHearing({ address, recording, tools, listen, signal }: AnalysisRequest) {
  const source = soundSource(address, recording);
  if (!listen || !source) return { heard: Promise.resolve(undefined), stop() {} };
  const own = new AbortController();
  const stop = () => own.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const heard = hearRecording(source, tools, own.signal).finally(() => signal?.removeEventListener('abort', stop));
  // Awaited when the faces are done; until then its failure must not count as unhandled.
  heard.catch(() => {});
  return { heard, stop };
}

/**
 * Finds and follows all faces; with a job folder, answers of an interrupted run are not asked again.
 * @param onPicture sees every frame of the canonical timeline, at working size; valid until it resolves. A damaged
 * recording is gone through twice, from its first frame on
 */
export async function analyseStage(
  request: AnalysisRequest,
  folder?: JobFolder,
  onPicture?: (picture: YuvFrame) => Promise<void>,
): Promise<AnalysedRecording> {
  const { recording, tools, quality, signal } = request;
  const total = recording.video.estimatedFrames;
  const hearing = startHearing(request);
  const analysis = await withDetector(request.model, async (detector) => {
    const look = (round: number) =>
      analyseRecording({
        address: request.address,
        recording,
        tools,
        detector,
        quality,
        singleThread: round > 1,
        // What is known is of the first round.
        ...(round === 1 && {
          recall: (frame) => folder?.facesAt(frame),
          remember: (frame, faces) => folder?.rememberFaces(frame, faces),
        }),
        onFrame(frame, picture) {
          request.onProgress?.({ stage: 'analyse', done: frame + 1, total: Math.max(total, frame + 1), round });
          return onPicture?.(picture);
        },
        signal,
      });
    const found = await look(1);
    // Several threads mend a damaged picture in another way each time: masks must lie on those that will be rendered.
    return found.damaged ? look(2) : found;
  }).catch((error: unknown) => {
    hearing.stop();
    throw error;
  });
  const heard = await hearing.heard;
  return { analysis, analysisId: analysisIdOf(analysis.tracks), model: request.model.name, heard };
}
