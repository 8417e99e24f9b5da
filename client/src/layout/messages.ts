/** What the panel's page and the extension say to each other; both sides hold what they hear against these shapes. */
import * as v from 'valibot';
import { locationShape, modelShape, pictureShape } from './answers';

/** A target other than the settings': absent parts are as the settings have them. Paths are absolute; `config` may be a name. */
export const chosenTargetShape = v.object({
  arch: v.optional(v.string()),
  config: v.optional(v.string()),
  build: v.optional(v.string()),
});
export type ChosenTarget = v.InferOutput<typeof chosenTargetShape>;

/** What a record is compared with: another target, tree or git revision; `name` is for people. */
export const comparedShape = v.object({
  ...chosenTargetShape.entries,
  /** As `overlint diff` takes it. */
  side: v.optional(v.string()),
  name: v.string(),
});
export type Compared = v.InferOutput<typeof comparedShape>;

/** A record to show: its name, and a file that defines it or sees it. */
export const wantedShape = v.object({ uri: v.string(), record: v.string() });
export type Wanted = v.InferOutput<typeof wantedShape>;

/** What it takes to show the panel again as it was, after the window was loaded anew. */
export const rememberedShape = v.object({
  wanted: wantedShape,
  history: v.array(wantedShape),
  target: v.optional(chosenTargetShape),
  compared: v.optional(comparedShape),
  follows: v.boolean(),
});
export type Remembered = v.InferOutput<typeof rememberedShape>;

const showShape = v.object({
  type: v.literal('show'),
  model: modelShape,
  /** The same record as it is elsewhere: on what it is compared with, or else on the settings' own target. */
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
  /** The search box is asked for. */
  v.object({ type: v.literal('search') }),
  /** The record that a member of the shown one holds. */
  v.object({ type: v.literal('inner'), member: v.string(), picture: pictureShape }),
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
  /** Back to the settings' target, compared with nothing. */
  v.object({ type: v.literal('ownTarget') }),
  /** What the commands in the editor's title are about: the member that is selected, and what of the family is not drawn. */
  v.object({ type: v.literal('selected'), member: v.optional(v.string()), hidden: v.array(v.string()) }),
  /** The record that a member holds is to be seen in place. */
  v.object({ type: v.literal('expand'), member: v.string() }),
]);
export type FromPage = v.InferOutput<typeof fromPageShape>;

/** What is heard, if it is what it should be. */
export function heard<Shape extends v.GenericSchema>(shape: Shape, message: unknown): v.InferOutput<Shape> | undefined {
  const result = v.safeParse(shape, message);
  return result.success ? result.output : undefined;
}
