import { z } from 'zod';

/** What this project reads of a tfjs graph model (`model.json` of tfjs-converter); strings are in base64. */
const Attribute = z.object({
  s: z.string().optional(),
  list: z.object({ i: z.array(z.string()).optional(), s: z.array(z.string()).optional() }).optional(),
});
const Node = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), Attribute).default({}),
});
const Weight = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  /** Other kinds would need a scale; none of the known networks has them. */
  quantization: z.object({ dtype: z.literal('float16') }).optional(),
});
const GraphModel = z.object({
  format: z.literal('graph-model'),
  modelTopology: z.object({ node: z.array(Node) }),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(Weight) })).length(1),
});

/** A constant of the graph, row by row. */
export interface Constant {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Names of nodes or constants. */
  readonly inputs: readonly string[];
  text(attribute: string): string;
  texts(attribute: string): readonly string[];
  numbers(attribute: string): readonly number[];
}

export interface TfjsGraph {
  node(name: string): GraphNode;
  constant(name: string): Constant;
}

/** A half-precision number (IEEE 754 binary16) from its bits; every one of them is exact in single precision. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function readConstants(weights: readonly z.infer<typeof Weight>[], bytes: Uint8Array): Map<string, Constant> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const constants = new Map<string, Constant>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of weights) {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    const size = quantization ? 2 : 4;
    if (at + values.length * size > bytes.length) throw new Error(`the weights end before ${name}`);
    for (let index = 0; index < values.length; index++, at += size) {
      if (quantization) values[index] = fromHalf(view.getUint16(at, true));
      else values[index] = dtype === 'int32' ? view.getInt32(at, true) : view.getFloat32(at, true);
    }
    constants.set(name, { shape, values });
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes of weights belong to nothing`);
  return constants;
}

const fromBase64 = (text: string) => Buffer.from(text, 'base64').toString('utf8');

/**
 * Reads a tfjs graph model with one file of weights.
 * @param json the text of its `model.json`
 * @param weights the file that the JSON names
 * @throws where it is none, or the weights are not exactly as long as the JSON says
 */
export function readTfjsGraph(json: string, weights: Uint8Array): TfjsGraph {
  const { modelTopology, weightsManifest } = GraphModel.parse(JSON.parse(json));
  const constants = readConstants(
    weightsManifest.flatMap((group) => group.weights),
    weights,
  );
  const nodes = new Map(modelTopology.node.map((node) => [node.name, node]));
  return {
    node(name) {
      const found = nodes.get(name);
      if (!found) throw new Error(`the graph has no node ${name}`);
      const { op, input, attr } = found;
      return {
        name,
        op,
        inputs: input,
        text: (attribute) => fromBase64(attr[attribute]?.s ?? ''),
        texts: (attribute) => (attr[attribute]?.list?.s ?? []).map(fromBase64),
        numbers: (attribute) => (attr[attribute]?.list?.i ?? []).map(Number),
      };
    },
    constant(name) {
      const found = constants.get(name);
      if (!found) throw new Error(`the graph has no constant ${name}`);
      return found;
    },
  };
}
