import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { requireSha256, sha256 } from '../../models/store.ts';
import { fromHalf, readTfjsGraph } from '../../models/tfjs-graph.ts';
import { convertGraph } from '../../models/tfjs-to-onnx.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const text = (value: string) => ({ s: base64(value) });
const list = (...values: number[]) => ({ list: { i: values.map(String) } });

interface Weight {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32';
  readonly values: number[];
}

/** A graph as tfjs-converter would write it. */
function published(node: object[], weights: readonly Weight[]) {
  const manifest = weights.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  const json = JSON.stringify({
    format: 'graph-model',
    modelTopology: { node },
    weightsManifest: [{ paths: ['weights.bin'], weights: manifest }],
  });
  const parts = weights.map(({ dtype, values }) =>
    dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values),
  );
  return { json, bytes: Buffer.concat(parts.map((part) => Buffer.from(part.buffer))) };
}

async function answer(model: Uint8Array, picture: number[], dims: number[]) {
  const session = await InferenceSession.create(model);
  const results = await session.run({ picture: new Tensor('float32', Float32Array.from(picture), dims) });
  const { dims: size, data } = results['out']!;
  return { dims: [...size], values: [...(data as Float32Array)] };
}

function convolution(side: number, step: number, fused: string[], kernel: number[], bias: number[], from: number) {
  const node = {
    name: 'out',
    op: '_FusedConv2D',
    input: ['picture', 'kernel', 'bias'],
    attr: {
      padding: text('SAME'),
      strides: list(1, step, step, 1),
      dilations: list(1, 1, 1, 1),
      fused_ops: { list: { s: fused.map(base64) } },
    },
  };
  const weights: Weight[] = [
    { name: 'kernel', shape: [side, side, from, bias.length], dtype: 'float32', values: kernel },
    { name: 'bias', shape: [bias.length], dtype: 'float32', values: bias },
  ];
  const { json, bytes } = published([node], weights);
  return convertGraph(readTfjsGraph(json, bytes), { input: 'picture', outputs: ['out'] });
}

describe('the conversion from tfjs', () => {
  it('turns kernels from pixel by pixel to channel by channel', async () => {
    // Two channels in, two out: [in, out] = [[1, 10], [100, 1000]].
    const model = convolution(1, 1, ['BiasAdd'], [1, 10, 100, 1000], [0.5, -0.5], 2);
    const { dims, values } = await answer(model, [1, 2, 3, 4], [1, 2, 1, 2]);
    expect(dims).toEqual([1, 2, 1, 2]);
    // Left pixel (1, 3), right pixel (2, 4).
    expect(values).toEqual([1 + 300 + 0.5, 2 + 400 + 0.5, 10 + 3000 - 0.5, 20 + 4000 - 0.5]);
  });

  it('keeps rows and columns of a kernel apart, and rectifies where that is fused', async () => {
    // Only the place right of the middle counts: each pixel takes its right neighbour, less two.
    const kernel = [0, 0, 0, 0, 0, 1, 0, 0, 0];
    const model = convolution(3, 1, ['BiasAdd', 'Relu'], kernel, [-2], 1);
    const { values } = await answer(model, [1, 2, 3, 4, 5, 6], [1, 1, 2, 3]);
    expect(values).toEqual([0, 1, 0, 3, 4, 0]);
  });

  it.each([
    // TensorFlow sets no margin before and one behind: windows begin at 0 and 2.
    { picture: [1, 2, 4, 8], sums: [1 + 2 + 4, 4 + 8] },
    // With five it would set one before; here the windows stay, and a third looks beyond the edge.
    { picture: [1, 2, 4, 8, 16], sums: [1 + 2 + 4, 4 + 8 + 16, 16] },
  ])('steps over $picture from the same places, whatever the size', async ({ picture, sums }) => {
    // Two rows, so no margin above: the kernel's first row, all ones, lies on the picture's first.
    const model = convolution(3, 2, ['BiasAdd'], [1, 1, 1, 0, 0, 0, 0, 0, 0], [0], 1);
    const { values, dims } = await answer(model, [...picture, ...picture.map(() => 0)], [1, 1, 2, picture.length]);
    expect(dims).toEqual([1, 1, 1, sums.length]);
    expect(values).toEqual(sums);
  });

  it('joins a map with its opposite, and takes maxima: -1 is above what lies beyond the edge', async () => {
    const pool = { ksize: list(1, 3, 3, 1), strides: list(1, 2, 2, 1), padding: text('SAME') };
    const nodes = [
      { name: 'opposite', op: 'Neg', input: ['picture'] },
      { name: 'both', op: 'ConcatV2', input: ['picture', 'opposite', 'axis'] },
      { name: 'pooled', op: 'MaxPool', input: ['both'], attr: pool },
      { name: 'unused', op: 'NonMaxSuppressionV3', input: ['both'] },
      { name: 'out', op: 'Identity', input: ['pooled'] },
    ];
    const axis: Weight = { name: 'axis', shape: [], dtype: 'int32', values: [3] };
    const { json, bytes } = published(nodes, [axis]);
    const graph = readTfjsGraph(json, bytes);
    expect(() => convertGraph(graph, { input: 'picture', outputs: ['out'] })).toThrow('operator Identity');
    const model = convertGraph(graph, { input: 'picture', outputs: ['pooled'] });
    const session = await InferenceSession.create(model);
    const picture = new Tensor('float32', Float32Array.from([-1, -2, -3, -4, -5, -6, -7, -8]), [1, 1, 2, 4]);
    const { pooled } = await session.run({ picture });
    expect(pooled!.dims).toEqual([1, 2, 1, 2]);
    expect([...(pooled!.data as Float32Array)]).toEqual([-1, -3, 7, 8]);
  });

  it('gives the same bytes for the same graph', () => {
    const [one, other] = [1, 2].map(() => sha256(convolution(1, 1, ['BiasAdd'], [1], [0], 1)));
    expect(one).toBe(other);
  });
});

describe('published weights', () => {
  it('are read in half precision, exactly', () => {
    // IEEE 754 binary16: 1, -2, 1/3 rounded, the largest, the smallest, zero.
    const bits = [0x3c00, 0xc000, 0x3555, 0x7bff, 0x0001, 0x0000];
    expect(bits.map(fromHalf)).toEqual([1, -2, 0.333251953125, 65504, 2 ** -24, 0]);
    expect([0x7c00, 0xfc00, 0x7e00].map(fromHalf)).toEqual([Infinity, -Infinity, NaN]);
  });

  it('are refused when they are shorter or longer than the graph says', () => {
    const { json, bytes } = published([], [{ name: 'w', shape: [2], dtype: 'float32', values: [1, 2] }]);
    expect([...readTfjsGraph(json, bytes).constant('w').values]).toEqual([1, 2]);
    expect(() => readTfjsGraph(json, bytes.subarray(0, 6))).toThrow('end before w');
    expect(() => readTfjsGraph(json, Buffer.concat([bytes, bytes]))).toThrow('belong to nothing');
  });

  it('are refused when one bit differs, in either file', () => {
    const [graph, weights] = [Uint8Array.from([1, 2]), Uint8Array.from([3, 4])];
    const wanted = sha256(Uint8Array.from([1, 2, 3, 4]));
    expect(() => requireSha256('net', wanted, graph, weights)).not.toThrow();
    expect(() => requireSha256('net', wanted, Uint8Array.from([1, 3]), weights)).toThrow('the manifest says');
    expect(() => requireSha256('net', wanted, graph, Uint8Array.from([3, 5]))).toThrow('the manifest says');
  });
});
