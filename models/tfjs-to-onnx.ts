import type { onnx } from 'onnx-proto';
import { encodeModel, FLOAT, floats, integer, integers, operator, valueInfo } from './graph-edit.ts';
import type { GraphNode, TfjsGraph } from './tfjs-graph.ts';

/** The part of a graph to convert, by the names of its tensors, which stay as they are. */
export interface Part {
  /** A picture, 1 x height x width x channels; behind the conversion 1 x channels x height x width. */
  readonly input: string;
  readonly outputs: readonly string[];
}

/** Oldest opset that the front end can be put before. */
const OPSET = 11;

/**
 * Converts a part of a tfjs graph into an ONNX model of the same numbers. Knows the operators of
 * FaceBoxes (convolution with bias, CReLU, pooling, joining of channels) and refuses any other.
 * The same graph always gives the same bytes.
 *
 * Pictures lie channel by channel in ONNX and pixel by pixel in tfjs; outputs are in ONNX order.
 */
export function convertGraph(graph: TfjsGraph, { input, outputs }: Part): Uint8Array {
  const nodes: onnx.INodeProto[] = [];
  const weights: onnx.ITensorProto[] = [];
  const done = new Set([input]);
  const convert = (name: string): string => {
    if (done.has(name)) return name;
    const node = graph.node(name);
    const pictures = node.inputs.slice(0, pictureInputs(node)).map(convert);
    const converted = convertNode(graph, node, pictures);
    nodes.push(...converted.nodes);
    weights.push(...converted.weights);
    done.add(name);
    return name;
  };
  outputs.forEach(convert);
  return encodeModel({
    irVersion: 7,
    producerName: 'onherkenbaar',
    opsetImport: [{ domain: '', version: OPSET }],
    graph: {
      name: 'converted',
      node: nodes,
      initializer: weights,
      input: [valueInfo(input, FLOAT, [1, 'channels', 'height', 'width'])],
      output: outputs.map((name) => ({ name, type: { tensorType: { elemType: FLOAT } } })),
    },
  });
}

/** How many of a node's inputs are pictures; the others are constants. */
function pictureInputs({ op, inputs }: GraphNode): number {
  return op === 'ConcatV2' ? inputs.length - 1 : 1;
}

interface Converted {
  readonly nodes: readonly onnx.INodeProto[];
  readonly weights: readonly onnx.ITensorProto[];
}

function convertNode(graph: TfjsGraph, node: GraphNode, pictures: string[]): Converted {
  const { op, name } = node;
  switch (op) {
    case '_FusedConv2D':
      return convolution(graph, node, pictures[0] ?? '');
    case 'MaxPool':
      return {
        nodes: [operator('MaxPool', pictures, name, window(node, node.numbers('ksize').slice(1, 3)))],
        weights: [],
      };
    case 'ConcatV2': {
      const [axis] = graph.constant(node.inputs.at(-1) ?? '').values;
      if (axis !== 3) throw new Error(`${name} joins along axis ${axis}, not the channels`);
      return { nodes: [operator('Concat', pictures, name, [integer('axis', 1)])], weights: [] };
    }
    case 'Neg':
    case 'Relu':
      return { nodes: [operator(op, pictures, name)], weights: [] };
    default:
      throw new Error(`${name}: operator ${op} is not known here`);
  }
}

/** A convolution, its bias and, where fused, the rectifier behind it. */
function convolution(graph: TfjsGraph, node: GraphNode, picture: string): Converted {
  const { name, inputs } = node;
  const fused = node.texts('fused_ops').join('+');
  if (fused !== 'BiasAdd' && fused !== 'BiasAdd+Relu') throw new Error(`${name}: ${fused} is not known here`);
  if (node.numbers('dilations').some((dilation) => dilation !== 1)) throw new Error(`${name} is dilated`);
  const kernel = graph.constant(inputs[1] ?? '');
  const bias = graph.constant(inputs[2] ?? '');
  const [height = 0, width = 0, from = 0, to = 0] = kernel.shape;
  const linear = fused === 'BiasAdd' ? name : `${name}/linear`;
  const nodes = [
    operator('Conv', [picture, `${name}/kernel`, `${name}/bias`], linear, window(node, [height, width])),
    ...(linear === name ? [] : [operator('Relu', [linear], name)]),
  ];
  const weights = [
    floats(`${name}/kernel`, [to, from, height, width], channelsFirst(kernel.values, height * width, from, to)),
    floats(`${name}/bias`, [to], bias.values),
  ];
  return { nodes, weights };
}

/** Kernel values from [place, from, to] to [to, from, place]; a place is a row and column of the kernel. */
function channelsFirst(values: Float32Array, places: number, from: number, to: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let place = 0; place < places; place++)
    for (let source = 0; source < from; source++)
      for (let target = 0; target < to; target++)
        turned[(target * from + source) * places + place] = values[(place * from + source) * to + target]!;
  return turned;
}

/**
 * Kernel, steps and margins of a sliding window with TensorFlow's SAME padding, for sides that the
 * step divides. For others TensorFlow would move the windows by up to half a step, away from the
 * places the network was trained for; here they stay, and one more at the far edge looks beyond it.
 */
function window(node: GraphNode, kernel: readonly number[]): onnx.IAttributeProto[] {
  if (node.text('padding') !== 'SAME') throw new Error(`${node.name}: only SAME padding is known here`);
  const steps = node.numbers('strides').slice(1, 3);
  const margins = kernel.map((side, axis) => {
    const total = Math.max(0, side - steps[axis]!);
    return { before: Math.floor(total / 2), after: Math.ceil(total / 2) + steps[axis]! - 1 };
  });
  return [
    integers('kernel_shape', [...kernel]),
    integers('strides', steps),
    integers('pads', [...margins.map(({ before }) => before), ...margins.map(({ after }) => after)]),
  ];
}
