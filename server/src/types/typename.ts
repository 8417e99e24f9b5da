/** C types as people write them: `struct list_head`, `void (*)(struct page *)`, `unsigned long flags[4]`. */
import { type CType, type EnumDeclaration, isUnknownValue, type Member, type RecordDeclaration } from './model';

/** How the name at the bottom of a type is written, where the usual short way is not wanted. */
export type Speller = (declared: RecordDeclaration | EnumDeclaration) => string | undefined;

/** The name of a type, as in a cast: `struct page *`. */
export function typeName(type: CType, spell?: Speller): string {
  return declare(type, '', spell);
}

/** A member's name as the source has it. */
export function sourceName({ source, name = '' }: Member): string {
  return source?.name ?? name;
}

/** The declaration of a member as the source has it; `path` leads to it from the record. */
export function declareAsWritten(member: Member, path: string): string {
  const { name = '', source, type } = member;
  const tag = source?.tag;
  const spell: Speller | undefined =
    tag === undefined ? undefined : (of) => ('kind' in of ? `${of.kind} ${tag}` : undefined);
  const written = path.endsWith(name) ? path.slice(0, path.length - name.length) + sourceName(member) : path;
  return declare(type, written, spell);
}

/** The declaration of a name with a type: `int (*name)(void)`. */
export function declare(type: CType, name: string, spell?: Speller): string {
  switch (type.kind) {
    case 'pointer': {
      const words = `${type.isConst ? 'const ' : ''}${type.isAtomic ? '_Atomic ' : ''}`;
      const pointer = name === '' ? `*${words.trimEnd()}` : `*${words}${name}`;
      const needsParentheses = type.to.kind === 'array' || type.to.kind === 'function';
      return declare(type.to, needsParentheses ? `(${pointer})` : pointer, spell);
    }
    case 'array': {
      const length = isUnknownValue(type.length) ? '?' : (type.length ?? '');
      return declare(type.of, `${name}[${length}]`, spell);
    }
    case 'function': {
      const parameters = type.parameters.map((parameter) => declare(parameter.type, parameter.name ?? '', spell));
      if (type.variadic) parameters.push('...');
      return declare(type.returns, `${name}(${parameters.join(', ') || 'void'})`, spell);
    }
    default: {
      const words = `${type.isConst ? 'const ' : ''}${type.isAtomic ? '_Atomic ' : ''}`;
      const base = `${words}${baseName(type, spell)}`;
      return name === '' ? base : `${base} ${name}`;
    }
  }
}

type BaseType = Exclude<CType, { kind: 'pointer' | 'array' | 'function' }>;

function baseName(type: BaseType, spell: Speller | undefined): string {
  switch (type.kind) {
    case 'void':
      return 'void';
    case 'integer':
    case 'float':
    case 'typedef':
      return type.name;
    case 'bitint':
      return `${type.isUnsigned ? 'unsigned ' : ''}_BitInt(${type.bits})`;
    case 'record':
      return spell?.(type.record) ?? `${type.record.kind} ${type.record.tag ?? '{…}'}`;
    case 'enum':
      return spell?.(type.enumeration) ?? `enum ${type.enumeration.tag ?? '{…}'}`;
    case 'vector':
      return `${typeName(type.of, spell)} __attribute__((vector_size(${isUnknownValue(type.bytes) ? '?' : type.bytes})))`;
    case 'va_list':
      return '__builtin_va_list';
    case 'unknown':
      return '?';
  }
}
