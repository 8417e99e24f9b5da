/** Which record an object is a part of, as a predicate says that has the name of a conversion: `part_is_leaf()` beside `part_leaf()`. */
import type { Answer } from '../flow/answers';
import type { AnswerTransfer } from '../flow/known-answers';
import { type RecordDeclaration, recordBehind, strip } from '../types/model';
import { recordName } from '../types/typer';
import type { FileAnalysis } from './analysis';
import type { Reason } from './conversion-conditions';
import { asksOf, contains, convertedBy, converterNames, functionType, macroOfOne } from './converter-names';

export class ToldRecords {
  constructor(private readonly file: FileAnalysis) {}

  /** What a path has said of an object by which it is part of another record than the one that a conversion gives. */
  apart(
    answers: AnswerTransfer,
    object: string,
    converter: string,
    from: RecordDeclaration,
  ): (Reason & { readonly answer: Answer }) | undefined {
    const to = this.targetOf(converter, from);
    if (!to || to === from || !contains(to, from)) return undefined;
    for (const answer of answers.of(object)) {
      if (!answer.holds || !answer.asked.endsWith('()')) continue;
      const predicate = answer.asked.slice(0, -2);
      const kind = this.recordTold(predicate, from);
      if (!kind || kind === to || !contains(kind, from) || contains(kind, to) || contains(to, kind)) continue;
      return {
        answer,
        predicate,
        why: `${predicate}() says that it is a ${recordName(kind)}, which has no ${recordName(to)} in it`,
      };
    }
    return undefined;
  }

  private readonly told = new Map<string, RecordDeclaration | undefined>();

  /** The record of which a predicate tells that what it asks about is a part: `part_is_leaf()` beside `part_leaf()`. */
  private recordTold(predicate: string, from: RecordDeclaration): RecordDeclaration | undefined {
    const key = `${predicate} ${from.tag}`;
    if (this.told.has(key)) return this.told.get(key);
    const found = new Set(
      asksOf(this.file.globals, predicate, from)
        ? converterNames(predicate).flatMap((one) => this.targetOf(one, from) ?? [])
        : [],
    );
    const [only, ...more] = found;
    const record = more.length === 0 ? only : undefined;
    this.told.set(key, record);
    return record;
  }

  /** The record that a function or macro of one parameter gives for a part of it. */
  private targetOf(converter: string, from: RecordDeclaration): RecordDeclaration | undefined {
    const type = functionType(this.file.globals, converter);
    if (type) {
      const [given, ...more] = type.parameters;
      const isOf = given !== undefined && more.length === 0 && recordBehind(given.type) === from;
      return isOf && strip(type.returns).kind === 'pointer' ? recordBehind(type.returns) : undefined;
    }
    const macro = macroOfOne(this.file.globals, converter);
    const tag = macro && convertedBy(macro.body, macro.parameter);
    return tag === undefined ? undefined : this.file.globals.record('struct', tag);
  }
}
