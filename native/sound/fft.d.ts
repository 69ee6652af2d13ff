/** The package has no types of its own. Complex arrays are interleaved: real, imaginary. */
declare module 'fft.js' {
  export default class FFT {
    /** @param size a power of two */
    constructor(size: number);
    transform(out: Float64Array, data: Float64Array): void;
    /** Divided by the size. */
    inverseTransform(out: Float64Array, data: Float64Array): void;
  }
}
