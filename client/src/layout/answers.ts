/** What the server says of layouts, as this side expects it: shapes that each answer is held against. */
import * as v from 'valibot';

const position = v.object({ line: v.number(), character: v.number() });

const range = v.object({ start: position, end: position });

/** A place in a file. Lines and characters count from 0. */
export const locationShape = v.object({ uri: v.string(), range });
export type Location = v.InferOutput<typeof locationShape>;

const bits = v.pipe(v.number(), v.minValue(0));

const cellShape = v.object({
  kind: v.picklist(['member', 'hole', 'padding']),
  lane: v.number(),
  offsetBits: bits,
  sizeBits: bits,
  view: v.optional(v.number()),
  name: v.optional(v.string()),
  label: v.optional(v.string()),
  type: v.optional(v.string()),
  declaration: v.optional(v.string()),
  isBitField: v.optional(v.boolean()),
  comment: v.optional(v.string()),
  place: v.optional(locationShape),
  record: v.optional(v.string()),
  isHeld: v.optional(v.boolean()),
  inner: v.optional(v.array(v.object({ name: v.string(), offsetBits: bits, sizeBits: bits }))),
});
/** A member, a hole or padding. */
export type Cell = v.InferOutput<typeof cellShape>;

const claimShape = v.object({
  word: v.number(),
  bit: v.number(),
  kind: v.picklist(['sets', 'keeps clear']),
  owner: v.string(),
  quote: v.string(),
  place: v.optional(locationShape),
  clashes: v.boolean(),
});
export type Claim = v.InferOutput<typeof claimShape>;

export const pictureShape = v.object({
  title: v.string(),
  facts: v.array(v.string()),
  status: v.picklist(['exact', 'unknown']),
  reason: v.optional(v.string()),
  size: v.nullable(v.number()),
  align: v.nullable(v.number()),
  wordSize: v.pipe(v.number(), v.minValue(1)),
  cacheline: v.pipe(v.number(), v.minValue(1)),
  bigEndian: v.boolean(),
  comment: v.optional(v.string()),
  place: v.optional(locationShape),
  views: v.array(v.object({ label: v.string(), comment: v.optional(v.string()), offsetBits: bits, sizeBits: bits })),
  cells: v.array(cellShape),
  sizeless: v.array(cellShape),
  claims: v.array(claimShape),
});
/** A record with all that there is to draw of it. */
export type Picture = v.InferOutput<typeof pictureShape>;

export const targetShape = v.object({
  kernel: v.string(),
  version: v.string(),
  build: v.string(),
  arch: v.string(),
  config: v.string(),
});

/** `overlint/layoutModel` */
export const modelShape = v.object({
  picture: pictureShape,
  family: v.array(v.object({ at: v.number(), picture: pictureShape })),
  target: targetShape,
  warnings: v.array(v.string()),
});
export type Model = v.InferOutput<typeof modelShape>;

/** The record that a model is of, and its family. */
export function picturesOf({ picture, family }: Pick<Model, 'picture' | 'family'>): Picture[] {
  return [picture, ...family.map((relative) => relative.picture)];
}

/** `overlint/layoutText` */
export const textShape = v.object({ text: v.string() });

/** `overlint/recordAt` */
export const recordAtShape = v.nullable(v.object({ record: v.string(), member: v.optional(v.string()) }));

/** `overlint/records` */
export const recordsShape = v.object({ records: v.array(v.string()), own: v.array(v.string()) });

/** `overlint/targets` */
export const targetsShape = v.object({
  kernels: v.array(v.object({ path: v.string(), version: v.string() })),
  configs: v.array(
    v.object({
      path: v.string(),
      build: v.optional(v.string()),
      arch: v.optional(v.string()),
      version: v.optional(v.string()),
    }),
  ),
  arches: v.array(v.string()),
  defconfigs: v.array(v.string()),
  current: v.optional(targetShape),
  evaluated: v.optional(v.object({ name: v.string(), assumed: v.boolean() })),
  settings: v.object({
    kernel: v.optional(v.string()),
    build: v.optional(v.string()),
    arch: v.optional(v.string()),
    config: v.optional(v.string()),
  }),
  problems: v.array(v.string()),
});
export type Targets = v.InferOutput<typeof targetsShape>;

/** `overlint/uses` */
export const usesShape = v.object({
  uses: v.array(
    v.object({
      uri: v.string(),
      range,
      mode: v.picklist(['read', 'write', 'address']),
      /** `struct folio` */
      record: v.string(),
      member: v.string(),
      /** The function around it; empty outside of any. */
      within: v.string(),
      /** The line, without the blanks around it. */
      text: v.string(),
    }),
  ),
  unresolved: v.number(),
});
export type UsesAnswer = v.InferOutput<typeof usesShape>;
export type Use = UsesAnswer['uses'][number];
