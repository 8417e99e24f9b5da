/** What the panel's page and the extension say to each other; both sides hold what they hear against these shapes. */
import * as v from 'valibot';
import { locationShape, modelShape } from './answers';

/** A target other than the settings': absent parts are as the settings have them. Paths are absolute; `config` may be a name. */
export const chosenTargetShape = v.object({
  arch: v.optional(v.string()),
  config: v.optional(v.string()),
  build: v.optional(v.string()),
});
export type ChosenTarget = v.InferOutput<typeof chosenTargetShape>;

/** A record to show: its name, and a file that defines it or sees it. */
export const wantedShape = v.object({ uri: v.string(), record: v.string() });
export type Wanted = v.InferOutput<typeof wantedShape>;

/** What it takes to show the panel again as it was, after the window was loaded anew. */
export const rememberedShape = v.object({
  wanted: wantedShape,
  history: v.array(wantedShape),
  target: v.optional(chosenTargetShape),
  follows: v.boolean(),
});
export type Remembered = v.InferOutput<typeof rememberedShape>;

const showShape = v.object({
  type: v.literal('show'),
  model: modelShape,
  /** The same record for the settings' own target, where another one is shown. */
  base: v.optional(modelShape),
  /** The member that is meant. */
  member: v.optional(v.string()),
  remembered: rememberedShape,
});
export type ShowMessage = v.InferOutput<typeof showShape>;

/** To the page. */
export const toPageShape = v.variant('type', [
  showShape,
  /** A picture is on its way. */
  v.object({ type: v.literal('busy'), what: v.string() }),
  /** There is none, for a reason in whole sentences; what was shown before stays. */
  v.object({ type: v.literal('failed'), message: v.string(), remembered: v.optional(rememberedShape) }),
  /** The cursor is on this member of the record that is shown. */
  v.object({ type: v.literal('member'), member: v.string() }),
  v.object({ type: v.literal('follows'), remembered: rememberedShape }),
  /** To be read out. */
  v.object({ type: v.literal('said'), text: v.string() }),
]);
export type ToPage = v.InferOutput<typeof toPageShape>;

/** From the page. */
export const fromPageShape = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** To a place that the page was shown; the keyboard goes along where `focus` is set. */
  v.object({ type: v.literal('go'), place: locationShape, focus: v.optional(v.boolean()) }),
  v.object({ type: v.literal('record'), wanted: wantedShape }),
  v.object({ type: v.literal('back') }),
  v.object({ type: v.literal('pickTarget') }),
  v.object({ type: v.literal('ownTarget') }),
  v.object({ type: v.literal('follow'), follows: v.boolean() }),
  v.object({ type: v.literal('copy'), member: v.optional(v.string()) }),
  v.object({ type: v.literal('save'), member: v.optional(v.string()) }),
]);
export type FromPage = v.InferOutput<typeof fromPageShape>;

/** What is heard, if it is what it should be. */
export function heard<Shape extends v.GenericSchema>(shape: Shape, message: unknown): v.InferOutput<Shape> | undefined {
  const result = v.safeParse(shape, message);
  return result.success ? result.output : undefined;
}
