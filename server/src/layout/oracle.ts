/** Answers what constant expressions ask of layouts: the types room can't import this one, so it is handed over. */
import { targetMacros } from '../preprocessor/compiler';
import { type IntegerName, isUnknownValue } from '../types/model';
import type { LayoutOracle } from '../types/scope';
import { arithmeticType } from '../types/specifiers';
import { enumInteger } from './enumeration';
import { alignOfMember, offsetOf } from './member';
import { alignOf, preferredAlignOf, sizeOf } from './record';
import type { Target } from './target';

const made = new Map<Target, LayoutOracle>();

/** The oracle of a target; one object each. */
export function layoutOracle(target: Target): LayoutOracle {
  let oracle = made.get(target);
  if (!oracle) {
    oracle = {
      sizeOf: (type) => sizeOf(type, target),
      alignOf: (type) => alignOf(type, target),
      preferredAlignOf: (type) => preferredAlignOf(type, target),
      alignOfMember: (record, member) => alignOfMember(record, member, target),
      enumInteger: (enumeration) => enumInteger(enumeration, target),
      compiler: target.compiler,
      wideCharacter: wideCharacterOf(target),
      offsetOf: (record, member) => {
        const place = offsetOf(record, member, target);
        if (isUnknownValue(place)) return place;
        return { bits: place.offsetBits, type: place.type, isBitField: place.isBitField };
      },
      biggestAlignment: target.biggestAlignment,
      // Makefile, KBUILD_CFLAGS: the kernel is built with -funsigned-char since 6.2, whatever the ABI says.
      charIsSigned: false,
      longBytes: target.scalars.long?.size ?? target.pointer.size,
    };
    made.set(target, oracle);
  }
  return oracle;
}

/** As the compiler predefines it. */
function wideCharacterOf({ compiler, name }: Target): IntegerName {
  const words = targetMacros(compiler === 'clang' ? 'clang' : 'gcc', name).__WCHAR_TYPE__?.split(' ') ?? [];
  const type = arithmeticType(words);
  return type?.kind === 'integer' ? type.name : 'int';
}
