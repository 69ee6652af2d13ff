import onnxProto, { type onnx } from 'onnx-proto';

/** ONNX element types used here; numbers from onnx.proto. */
export const FLOAT = 1;
const UINT8 = 2;
const INT64 = 7;

/** How a detector wants its colours: which channel first, then `(value - mean) / deviation`. */
export interface ColourInput {
  readonly order: 'rgb' | 'bgr';
  readonly mean: number;
  readonly deviation: number;
}

/** Names of the inputs that the uint8 front end adds. */
export const FRONT_END = { planes: 'front_planes', scales: 'front_scales' } as const;

export type Graph = onnx.ModelProto;

export function decodeModel(bytes: Uint8Array): Graph {
  return onnxProto.onnx.ModelProto.decode(bytes);
}

export function encodeModel(model: onnx.IModelProto): Uint8Array {
  return onnxProto.onnx.ModelProto.encode(model).finish();
}

function graphOf(model: Graph): onnx.IGraphProto {
  if (!model.graph) throw new Error('model without a graph');
  return model.graph;
}

/** Names of the real inputs and outputs: initialisers that old exporters list as inputs are left out. */
export function signature(model: Graph): { inputs: string[]; outputs: string[] } {
  const graph = graphOf(model);
  const weights = new Set((graph.initializer ?? []).map((tensor) => tensor.name));
  const names = (list: readonly (onnx.IValueInfoProto | null)[] | null | undefined) =>
    (list ?? []).map((value) => value?.name ?? '');
  return { inputs: names(graph.input).filter((name) => !weights.has(name)), outputs: names(graph.output) };
}

export const valueInfo = (name: string, elemType: number, dims: (number | string)[]): onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: dims.map((dim) => (typeof dim === 'string' ? { dimParam: dim } : { dimValue: dim })) },
    },
  },
});

export const floats = (name: string, dims: number[], values: ArrayLike<number>): onnx.ITensorProto => ({
  name,
  dims,
  dataType: FLOAT,
  rawData: new Uint8Array(Float32Array.from(values).buffer),
});

/** An operator with one output; the node is named for it. */
export const operator = (
  opType: string,
  input: string[],
  output: string,
  attribute: onnx.IAttributeProto[] = [],
): onnx.INodeProto => ({ opType, name: output, input, output: [output], attribute });

/** Attribute types from onnx.proto: INT 2, STRING 3, INTS 7. */
export const integer = (name: string, i: number): onnx.IAttributeProto => ({ name, type: 2, i });
export const integers = (name: string, ints: number[]): onnx.IAttributeProto => ({ name, type: 7, ints });
const text = (name: string, value: string): onnx.IAttributeProto => ({
  name,
  type: 3,
  s: new TextEncoder().encode(value),
});

/** Keeps only `outputs` and what leads to them; used where an exporter baked in fixed-size priors. */
export function cutToOutputs(model: Graph, outputs: readonly string[]): void {
  const graph = graphOf(model);
  const needed = new Set(outputs);
  const kept: onnx.INodeProto[] = [];
  for (const node of [...(graph.node ?? [])].reverse()) {
    if (!(node.output ?? []).some((name) => needed.has(name))) continue;
    kept.push(node);
    for (const name of node.input ?? []) needed.add(name);
  }
  graph.node = kept.reverse();
  graph.initializer = (graph.initializer ?? []).filter((tensor) => needed.has(tensor.name ?? ''));
  graph.output = outputs.map((name) => ({ name, type: { tensorType: { elemType: FLOAT } } }));
}

/**
 * Frees height and width, and prepends a front end so that the graph eats uint8 planes [1,3,H,W]
 * (Y, Cb, Cr, limited-range BT.709, chroma at full size) and a scale [4]. Colour conversion and
 * scaling then run in the inference engine. Chroma is doubled before: the engine's own nearest
 * resize of two planes took 55 ms for a 1080p frame, half of the whole detection.
 */
export function addFrontEnd(model: Graph, inputName: string, colour: ColourInput): void {
  const graph = graphOf(model);
  const weights = new Set((graph.initializer ?? []).map((tensor) => tensor.name));
  graph.valueInfo = [];
  for (const output of graph.output ?? []) {
    output.type = { tensorType: { elemType: output.type?.tensorType?.elemType ?? FLOAT } };
  }
  graph.input = [
    ...(graph.input ?? []).filter((value) => weights.has(value.name)),
    valueInfo(FRONT_END.planes, UINT8, [1, 3, 'height', 'width']),
    valueInfo(FRONT_END.scales, FLOAT, [4]),
  ];
  graph.initializer = [...(graph.initializer ?? []), ...colourConversion(colour)];
  graph.node = [...frontEndNodes(inputName), ...(graph.node ?? [])];
}

/**
 * BT.709 limited range (ITU-R BT.709-6 §3, 8-bit offsets 16 and 128) and the network's own
 * normalisation in one affine map.
 */
function colourConversion({ order, mean, deviation }: ColourInput): onnx.ITensorProto[] {
  const gain = 255 / 219;
  const rows = { r: [gain, 0, 1.792741], g: [gain, -0.213249, -0.532909], b: [gain, 2.112402, 0] };
  const channels = order === 'rgb' ? [rows.r, rows.g, rows.b] : [rows.b, rows.g, rows.r];
  const weights = channels.map((row) => row.map((value) => value / deviation));
  const bias = weights.map(([y = 0, u = 0, v = 0]) => -16 * y - 128 * (u + v) - mean / deviation);
  return [
    floats('front_matrix', [3, 3], weights.flat()),
    floats('front_bias', [3, 1], bias),
    // Before opset 13 the region of interest may be empty but not absent.
    floats('front_roi', [0], []),
    { name: 'front_flat', dims: [2], dataType: INT64, rawData: new Uint8Array(BigInt64Array.from([3n, -1n]).buffer) },
  ];
}

function frontEndNodes(inputName: string): onnx.INodeProto[] {
  return [
    operator('Cast', [FRONT_END.planes], 'front_float', [integer('to', FLOAT)]),
    operator('Shape', ['front_float'], 'front_shape'),
    operator('Reshape', ['front_float', 'front_flat'], 'front_yuv'),
    // A 1x1 convolution would do the same, but the engine reorders its channels at great cost.
    operator('MatMul', ['front_matrix', 'front_yuv'], 'front_mixed'),
    operator('Add', ['front_mixed', 'front_bias'], 'front_rgb'),
    operator('Reshape', ['front_rgb', 'front_shape'], 'front_colour'),
    operator('Resize', ['front_colour', 'front_roi', FRONT_END.scales], inputName, [
      text('mode', 'linear'),
      text('coordinate_transformation_mode', 'half_pixel'),
    ]),
  ];
}

/** Opset of the default domain; Resize and Clip take their modern form from 11 on. */
export function opset(model: Graph): number {
  const entry = (model.opsetImport ?? []).find((item) => !item.domain);
  return Number(entry?.version ?? 0);
}

/** Raises a model of opset 9 or 10 to 11 where nothing it uses changed meaning in between. */
export function raiseOpset(model: Graph): void {
  if (opset(model) >= 11) return;
  for (const node of graphOf(model).node ?? []) {
    if (!['Clip', 'Pad', 'Resize', 'Upsample', 'TopK', 'Scatter'].includes(node.opType ?? '')) continue;
    throw new Error(`operator ${node.opType} changed after opset ${opset(model)}`);
  }
  model.opsetImport = [{ domain: '', version: 11 }];
}
