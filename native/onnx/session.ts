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

export async function openNetwork(bytes: Uint8Array): Promise<Network> {
  const session = await InferenceSession.create(bytes, {
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
  });
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
