/** The syntax of preprocessed C: expressions, statements, declarations. Nodes name their tokens by index. */
import type { Place } from '../text/text';
import type { Punct } from '../text/tokens';
import type { Alignment, Bytes, CType, UnknownValue } from './model';

/** Token indices [first, end) in the list that was parsed. */
interface Ranged {
  readonly first: number;
  readonly end: number;
}

export type Expression =
  | NameExpression
  | LiteralExpression
  | StringExpression
  | UnaryExpression
  | BinaryExpression
  | AssignExpression
  | ConditionalExpression
  | CallExpression
  | MemberExpression
  | IndexExpression
  | CastExpression
  | CompoundLiteral
  | SizeofExpression
  | OffsetofExpression
  | GenericExpression
  | StatementExpression
  | TypesCompatibleExpression
  | VaArgExpression
  | LabelAddress
  | BrokenExpression;

export interface NameExpression extends Ranged {
  readonly kind: 'name';
  readonly name: string;
  /** The local declaration that it means; undefined for a file-scope name. */
  readonly declaration: Declaration | undefined;
}
export interface LiteralExpression extends Ranged {
  readonly kind: 'number' | 'character';
  readonly text: string;
}
/** One or more strings in a row. */
export interface StringExpression extends Ranged {
  readonly kind: 'string';
  /** Its bytes, without the NUL at its end; a byte string. */
  readonly text: string;
  /** `L`, `u`, `U` or `u8`; empty for a plain one, undefined for several that don't go together. */
  readonly prefix: string | undefined;
  /** Units of a wide one, without the one at its end. */
  readonly units: number;
}
export interface UnaryExpression extends Ranged {
  readonly kind: 'unary';
  /** `Star`, `Ampersand`, `Plus`, `Minus`, `Tilde`, `Exclamation`, `PlusPlus`, `MinusMinus`. */
  readonly operator: Punct;
  readonly postfix: boolean;
  readonly operand: Expression;
}
export interface BinaryExpression extends Ranged {
  readonly kind: 'binary';
  /** A binary operator's `Punct`; `Comma` for the comma operator. */
  readonly operator: Punct;
  readonly left: Expression;
  readonly right: Expression;
}
export interface AssignExpression extends Ranged {
  readonly kind: 'assign';
  /** `Equal`, `PlusEqual` … */
  readonly operator: Punct;
  readonly left: Expression;
  readonly right: Expression;
}
export interface ConditionalExpression extends Ranged {
  readonly kind: 'conditional';
  readonly test: Expression;
  /** Undefined in GNU's `a ?: b`. */
  readonly yes: Expression | undefined;
  readonly no: Expression;
}
export interface CallExpression extends Ranged {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
}
export interface MemberExpression extends Ranged {
  readonly kind: 'member';
  readonly base: Expression;
  readonly arrow: boolean;
  readonly name: string;
  /** Index of the member's name token. */
  readonly nameToken: number;
}
export interface IndexExpression extends Ranged {
  readonly kind: 'index';
  readonly base: Expression;
  readonly index: Expression;
}
export interface CastExpression extends Ranged {
  readonly kind: 'cast';
  readonly type: CType;
  readonly operand: Expression;
}
export interface CompoundLiteral extends Ranged {
  readonly kind: 'compound';
  readonly type: CType;
  readonly initializer: Initializer;
}
export interface SizeofExpression extends Ranged {
  /** `_Alignof` is C11's, within records; `preferred` GNU's `__alignof__`. */
  readonly kind: 'sizeof' | 'alignof' | 'preferred';
  readonly type: CType | undefined;
  readonly operand: Expression | undefined;
}
export interface OffsetofExpression extends Ranged {
  readonly kind: 'offsetof';
  readonly type: CType;
  readonly path: readonly Designator[];
}
export interface GenericExpression extends Ranged {
  readonly kind: 'generic';
  readonly control: Expression;
  readonly branches: readonly { readonly type: CType | undefined; readonly value: Expression }[];
}
export interface StatementExpression extends Ranged {
  readonly kind: 'statement';
  readonly body: BlockStatement;
}
export interface TypesCompatibleExpression extends Ranged {
  readonly kind: 'compatible';
  readonly left: CType;
  readonly right: CType;
}
export interface VaArgExpression extends Ranged {
  readonly kind: 'va_arg';
  readonly list: Expression;
  readonly type: CType;
}
export interface LabelAddress extends Ranged {
  readonly kind: 'label';
  readonly name: string;
}
/** What could not be parsed, with the reason. */
export interface BrokenExpression extends Ranged {
  readonly kind: 'broken';
  readonly reason: string;
}

export type Designator =
  | { readonly kind: 'member'; readonly name: string; readonly token: number }
  | { readonly kind: 'index'; readonly index: Expression; readonly last?: Expression };

export type Initializer = Expression | InitializerList;
export interface InitializerList extends Ranged {
  readonly kind: 'list';
  readonly items: readonly { readonly path: readonly Designator[]; readonly value: Initializer }[];
}

export type Statement =
  | BlockStatement
  | ExpressionStatement
  | DeclarationStatement
  | IfStatement
  | LoopStatement
  | ForStatement
  | SwitchStatement
  | CaseStatement
  | LabelStatement
  | JumpStatement
  | ReturnStatement
  | AsmStatement
  | BrokenStatement;

export interface BlockStatement extends Ranged {
  readonly kind: 'block';
  readonly items: readonly Statement[];
}
export interface ExpressionStatement extends Ranged {
  readonly kind: 'expression';
  /** Undefined for an empty statement. */
  readonly expression: Expression | undefined;
  /** Labels that `__label__` makes the block's own here. */
  readonly labels?: readonly string[];
}
export interface DeclarationStatement extends Ranged {
  readonly kind: 'declaration';
  readonly declarations: readonly Declaration[];
}
export interface IfStatement extends Ranged {
  readonly kind: 'if';
  readonly test: Expression;
  readonly yes: Statement;
  readonly no: Statement | undefined;
}
export interface LoopStatement extends Ranged {
  readonly kind: 'while' | 'do';
  readonly test: Expression;
  readonly body: Statement;
}
export interface ForStatement extends Ranged {
  readonly kind: 'for';
  readonly start: Expression | DeclarationStatement | undefined;
  readonly test: Expression | undefined;
  readonly step: Expression | undefined;
  readonly body: Statement;
}
export interface SwitchStatement extends Ranged {
  readonly kind: 'switch';
  readonly value: Expression;
  readonly body: Statement;
}
export interface CaseStatement extends Ranged {
  readonly kind: 'case';
  /** Undefined for `default`. */
  readonly low: Expression | undefined;
  /** GNU's `case low ... high`. */
  readonly high: Expression | undefined;
  readonly body: Statement | undefined;
}
export interface LabelStatement extends Ranged {
  readonly kind: 'label';
  readonly name: string;
  readonly body: Statement | undefined;
}
export interface JumpStatement extends Ranged {
  readonly kind: 'goto' | 'break' | 'continue';
  /** The label of a plain goto. */
  readonly label: string | undefined;
  /** The target of a computed goto. */
  readonly target: Expression | undefined;
}
export interface ReturnStatement extends Ranged {
  readonly kind: 'return';
  readonly value: Expression | undefined;
}
export interface AsmStatement extends Ranged {
  readonly kind: 'asm';
  readonly outputs: readonly Expression[];
  readonly inputs: readonly Expression[];
  /** Labels that an asm goto may jump to. */
  readonly labels: readonly string[];
}
export interface BrokenStatement extends Ranged {
  readonly kind: 'broken';
  readonly reason: string;
  /** Expressions in it that stand whole. */
  readonly salvaged: readonly Expression[];
}

/** A name in the ordinary name space. */
export interface Declaration {
  readonly kind: 'variable' | 'parameter' | 'function' | 'typedef' | 'enumerator';
  readonly name: string;
  readonly type: CType;
  /** Index of the name's token; -1 for what the compiler makes up. */
  readonly nameToken: number;
  /** Where the name is spelled. */
  readonly place?: Place;
  readonly isStatic: boolean;
  readonly initializer?: Initializer;
  /** The function of `__attribute__((cleanup(f)))`. */
  readonly cleanup?: string;
  /** Each `aligned` and `_Alignas` of an object or function. */
  readonly aligns?: readonly Alignment[];
  /** What `aligned` makes of a typedef: it replaces the alignment, up or down. */
  readonly typeAlign?: Bytes;
  /** C23's `constexpr`: a name for the value of its initializer. */
  readonly isConstexpr?: boolean;
  /** `__attribute__((noreturn))` or `_Noreturn`: a call of it never comes back. */
  readonly isNoreturn?: boolean;
  /** `__attribute__((error))`: a compiler refuses what calls it. */
  readonly isBuildError?: boolean;
  /** Why it may be declared otherwise: a condition around it could not be decided. */
  readonly doubt?: string;
  /** Of an enumerator. */
  readonly value?: bigint | UnknownValue;
  /** Of a function definition: its parameters as declared and its body. */
  readonly parameters?: readonly Declaration[];
  readonly body?: BlockStatement;
}

/** `_Static_assert(condition, …)` at file scope, in a record or in a block. */
export interface StaticAssert extends Ranged {
  readonly condition: Expression;
}
