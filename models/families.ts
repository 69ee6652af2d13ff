import {
  addFrontEnd,
  cutToOutputs,
  decodeModel,
  encodeModel,
  raiseOpset,
  signature,
  type ColourInput,
} from './graph-edit.ts';

/** Detector families, recognised by the names of their inputs and outputs. */
export type Family = 'retinaface' | 'yunet' | 'scrfd' | 'ultraface' | 'faceboxes';

interface Shape {
  readonly family: Family;
  readonly input: string;
  readonly output: RegExp;
  readonly colour: ColourInput;
  /** Outputs to cut the graph to, where the exporter added fixed-size post-processing. */
  readonly cut?: readonly string[];
}

const SHAPES: readonly Shape[] = [
  {
    family: 'retinaface',
    input: 'data',
    output: /^face_rpn_cls_prob_reshape_stride\d+$/,
    // The graph normalises by itself; BGR would ruin it.
    colour: { order: 'rgb', mean: 0, deviation: 1 },
  },
  { family: 'yunet', input: 'input', output: /^cls_8$/, colour: { order: 'bgr', mean: 0, deviation: 1 } },
  { family: 'scrfd', input: 'images', output: /^out0$/, colour: { order: 'rgb', mean: 127.5, deviation: 128 } },
  {
    family: 'ultraface',
    input: 'input',
    output: /^scores$/,
    colour: { order: 'rgb', mean: 127, deviation: 128 },
    cut: ['scores', '462'],
  },
  {
    family: 'faceboxes',
    input: 'standardize_input/sub',
    output: /^prediction_layers\/class_predictor_0\/BiasAdd$/,
    colour: { order: 'rgb', mean: 127.5, deviation: 127.5 },
  },
];

export interface Prepared {
  readonly family: Family;
  readonly bytes: Uint8Array;
}

/**
 * Makes a detector as published fit for use: any size, uint8 planes in.
 * @returns undefined when inputs and outputs match no known family
 */
export function prepareModel(published: Uint8Array): Prepared | undefined {
  let model;
  let names;
  try {
    model = decodeModel(published);
    names = signature(model);
  } catch {
    return undefined;
  }
  const { inputs, outputs } = names;
  const shape = SHAPES.find(
    (candidate) => inputs.includes(candidate.input) && outputs.some((name) => candidate.output.test(name)),
  );
  if (!shape) return undefined;
  if (shape.cut) cutToOutputs(model, shape.cut);
  raiseOpset(model);
  addFrontEnd(model, shape.input, shape.colour);
  return { family: shape.family, bytes: encodeModel(model) };
}
