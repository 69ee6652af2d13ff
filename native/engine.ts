import { fail } from '../core/errors.ts';
import { loadEntry, loadModel, presentModels, type LicenceWish, type LoadedModel } from '../models/store.ts';
import { locateFfmpeg, type Ffmpeg } from './ffmpeg/locate.ts';

export interface ModelOptions {
  readonly model?: string;
  readonly licence?: string;
}

export function licenceWish(options: ModelOptions): LicenceWish {
  return options.licence === 'permissive' ? 'permissive' : 'any';
}

export interface Engine {
  readonly tools: Ffmpeg;
  readonly model: LoadedModel;
  readonly secondModel: LoadedModel | undefined;
}

/** A detector of another family than the first, for the check; the check must not share its blind spots. */
export function secondModelFor(model: LoadedModel, wish: LicenceWish): LoadedModel | undefined {
  // These two see less than every other model; as the judge of a better one each would wave things through.
  const weak = ['ultraface', 'faceboxes'];
  const entry = presentModels().find(
    ({ kind, licence }) => kind !== model.family && !weak.includes(kind) && (wish === 'any' || licence === 'MIT'),
  );
  return entry && loadEntry(entry);
}

export async function openEngine(options: ModelOptions): Promise<Engine> {
  const tools = await locateFfmpeg();
  const model = loadModel({ file: options.model, licence: licenceWish(options) });
  return { tools, model, secondModel: secondModelFor(model, licenceWish(options)) };
}

/** Refuses HDR early: a wrong tone curve would be found only at the very end. */
export function requireToneMapping(tools: Ffmpeg, hdr: boolean): void {
  if (hdr && !tools.canToneMap) fail({ code: 'input-hdr-unsupported' });
}
