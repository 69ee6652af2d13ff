import { InferenceSession, Tensor } from 'onnxruntime-node';
import { FRONT_END } from '../../models/graph-edit.ts';

/** The only file that knows the inference engine. */
export interface Network {
  run(input: NetworkInput): Promise<ReadonlyMap<string, Output>>;
  release(): Promise<void>;
}

/** Planes of one picture; width and height times `scale` are multiples of 32, in pixels. */
export interface NetworkInput {
  readonly width: number;
  readonly height: number;
  /** Y, Cb and Cr one after the other, each `width x height`. */
  readonly planes: Uint8Array;
  /** Side of what the network sees, as a factor of the planes' size. */
  readonly scale: number;
}

export interface Output {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

const SETTINGS: InferenceSession.SessionOptions = {
  // One thread a session and several sessions side by side: see detector.ts.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  // Without the arena each operator maps and unmaps its memory anew: twice as slow.
  enableCpuMemArena: true,
  // Sizes vary from call to call; a plan per size would keep them all.
  enableMemPattern: false,
  logSeverityLevel: 3,
};

/** Tells speech from other sound, window by window; what it heard before is its own business. */
export interface SpeechNetwork {
  /** @param window mono at 16 kHz, as long as the network wants it @returns probability of speech */
  hear(window: Float32Array): Promise<number>;
  release(): Promise<void>;
}

/** Size of the state that Silero's network hands on from window to window. */
const SPEECH_STATE = [2, 1, 128] as const;

export async function openSpeechNetwork(bytes: Uint8Array): Promise<SpeechNetwork> {
  const session = await InferenceSession.create(bytes, SETTINGS);
  const rate = new Tensor('int64', BigInt64Array.from([16_000n]), []);
  const size = SPEECH_STATE[0] * SPEECH_STATE[1] * SPEECH_STATE[2];
  let state: Tensor = new Tensor('float32', new Float32Array(size), SPEECH_STATE);
  return {
    async hear(window) {
      const input = new Tensor('float32', window, [1, window.length]);
      const { output, stateN } = await session.run({ input, state, sr: rate });
      if (!output || !stateN) throw new Error('not a speech network');
      state = stateN;
      return Number(output.data[0]);
    },
    release: () => session.release(),
  };
}

export async function openNetwork(bytes: Uint8Array): Promise<Network> {
  const session = await InferenceSession.create(bytes, SETTINGS);
  return {
    async run({ width, height, planes, scale }) {
      const results = await session.run({
        [FRONT_END.planes]: new Tensor('uint8', planes, [1, 3, height, width]),
        [FRONT_END.scales]: new Tensor('float32', [1, 1, scale, scale], [4]),
      });
      const outputs = new Map<string, Output>();
      for (const name of session.outputNames) {
        const tensor = results[name];
        if (tensor && tensor.data instanceof Float32Array) outputs.set(name, { data: tensor.data, dims: tensor.dims });
      }
      return outputs;
    },
    release: () => session.release(),
  };
}
