/** Reads a fixture: one string of C that holds several files, the config, and what is expected under each line. */
import fs from 'node:fs';
import path from 'node:path';
import type { Severity } from '../analysis/finding';
import { type SourceReader, toByteString } from '../text/text';

/** Where the fixture's kernel tree stands; `//- /mm/a.c` is this plus `/mm/a.c`. */
export const TREE = '/tree';

/** What carets say: a finding that starts on `line` (from 1) at `column` (bytes, from 1) and covers `width` bytes. */
export interface Expectation {
  readonly line: number;
  readonly column: number;
  readonly width: number;
  readonly severity: Severity;
  readonly rule: string;
  /** The whole message, or its start where `prefix` is set (the fixture's message ends in `…`). */
  readonly message: string;
  readonly prefix: boolean;
}

/** One file of a fixture, its expectations taken out. */
export interface FixtureFile {
  /** Absolute, in the fixture's tree. */
  readonly path: string;
  /** Byte string, without the caret lines. */
  readonly text: string;
  readonly expectations: readonly Expectation[];
  /** Lines (from 1) that are marked `// ok`. */
  readonly silent: ReadonlySet<number>;
  /** Lines before this one were put in by the checker (the includes of ready-made headers). */
  readonly firstLine: number;
}

export interface Fixture {
  /** The files that the fixture spells out, in its order; these are linted. */
  readonly files: readonly FixtureFile[];
  /** Every file of the tree, ready-made headers and config included. */
  readonly reader: SourceReader;
}

/** A config that any x86-64 kernel has; `//- config:` lines add to it. */
const BASE_CONFIG = ['CONFIG_64BIT=y', 'CONFIG_X86=y', 'CONFIG_X86_64=y', 'CONFIG_MMU=y', 'CONFIG_SMP=y'];

/** Parts of the ready-made headers that are there unless a fixture takes them out with `-part`. */
const DEFAULT_PARTS = ['page_pgmap'];

const CARETS = /^([ \t]*(?:\/\/)?[ \t]*)(\^+)[ \t]+(error|warning|info|hint)\[([\w-]+)\]: (.*)$/;
const HEADERS = path.join(import.meta.dirname, 'headers');

/**
 * Reads a fixture. Its directives, each at the start of a line:
 *
 *     //- /mm/a.c                                a file begins; code before any such line is /main.c
 *     //- /include/linux/mm_types.h +page -part  takes the ready-made headers with these parts, and includes this one
 *     //- config: CONFIG_X=y                     a line of the config
 *
 * @throws Error where a directive can't be understood, since a typing mistake must not make a test pass.
 */
export function parseFixture(source: string): Fixture {
  const config = [...BASE_CONFIG];
  const parts = new Set<string>(DEFAULT_PARTS);
  const included: string[] = [];
  const bodies = new Map<string, string[]>();
  let current = '/main.c';
  for (const line of withoutIndent(source)) {
    const directive = /^\/\/- *(.*?) *$/.exec(line)?.[1];
    if (directive === undefined) {
      if (!bodies.has(current)) bodies.set(current, []);
      bodies.get(current)!.push(line);
    } else if (directive.startsWith('config:')) config.push(...directive.slice(7).trim().split(/\s+/));
    else if (/^\/\S+( +[+-]\w+)+$/.test(directive)) {
      const [header, ...flags] = directive.split(/ +/);
      included.push(header);
      for (const flag of flags) flag[0] === '+' ? parts.add(flag.slice(1)) : parts.delete(flag.slice(1));
    } else if (/^\/\S+$/.test(directive)) {
      if (bodies.has(directive)) throw new Error(`fixture: ${directive} stands there twice`);
      current = directive;
      bodies.set(current, []);
    } else throw new Error(`fixture: can't read the directive "//- ${directive}"`);
  }
  for (const [name, lines] of bodies) if (lines.every((line) => line.trim() === '')) bodies.delete(name);
  const files = [...bodies].map(([name, lines]) => parseFile(name, lines, name.endsWith('.c') ? included : []));
  const tree = new Map<string, string>();
  if (included.length > 0) for (const [name, text] of readyMadeHeaders(parts)) tree.set(TREE + name, text);
  for (const name of included)
    if (!tree.has(TREE + name)) throw new Error(`fixture: there is no ready-made header ${name}`);
  for (const [name, text] of configFiles(config)) tree.set(TREE + name, text);
  for (const file of files) tree.set(file.path, file.text);
  return { files, reader: { read: (name) => tree.get(name), exists: (name) => tree.has(name) } };
}

/** Drops the empty first and last line of a template literal and the indentation that all lines share. */
function withoutIndent(source: string): string[] {
  const lines = source
    .replace(/^[ \t]*\n/, '')
    .replace(/\n[ \t]*$/, '')
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const shared = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(shared));
}

function parseFile(name: string, lines: readonly string[], included: readonly string[]): FixtureFile {
  const kept = included.map((header) => `#include <${header.replace(/^\/include\//, '')}>`);
  const firstLine = kept.length + 1;
  const expectations: Expectation[] = [];
  const silent = new Set<number>();
  for (const line of lines.map(toByteString)) {
    const carets = CARETS.exec(line);
    if (carets) {
      if (kept.length < firstLine) throw new Error(`fixture: carets stand above the first line of ${name}`);
      const [, before, width, severity, rule, spoken] = carets;
      const message = spoken.trimEnd();
      const prefix = message.endsWith(toByteString('…'));
      expectations.push({
        line: kept.length,
        column: before.length + 1,
        width: width.length,
        severity: severity as Severity,
        rule,
        message: prefix ? message.slice(0, -toByteString('…').length).trimEnd() : message,
        prefix,
      });
    } else {
      if (/^[ \t]*(\/\/)?[ \t]*\^/.test(line))
        throw new Error(`fixture: can't read the carets in ${name}: ${line.trim()}`);
      kept.push(line);
      if (/\/\/ ok\b/.test(line)) silent.add(kept.length);
    }
  }
  for (const expectation of expectations)
    if (silent.has(expectation.line))
      throw new Error(`fixture: ${name}:${expectation.line} is marked ok and has carets`);
  return { path: TREE + name, text: `${kept.join('\n')}\n`, expectations, silent, firstLine };
}

function configFiles(config: readonly string[]): [string, string][] {
  const autoconf = config.map((line) => {
    const setting = /^(CONFIG_\w+)=(.*)$/.exec(line);
    if (!setting) throw new Error(`fixture: "${line}" is no config line such as CONFIG_X=y`);
    const [, name, value] = setting;
    if (value === 'y') return `#define ${name} 1`;
    return value === 'm' ? `#define ${name}_MODULE 1` : `#define ${name} ${value}`;
  });
  return [
    ['/.config', `${config.join('\n')}\n`],
    ['/include/generated/autoconf.h', `${autoconf.join('\n')}\n`],
    ['/Makefile', 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\n'],
    ['/Kconfig', 'mainmenu "A tree for a test"\n'],
  ];
}

/** The ready-made headers with the wanted parts; a part that is left out leaves empty lines, so that lines keep their numbers. */
function readyMadeHeaders(parts: ReadonlySet<string>): [string, string][] {
  const known = new Set<string>();
  const headers = fs
    .readdirSync(HEADERS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.h'))
    .map((name): [string, string] => {
      const text = fs.readFileSync(path.join(HEADERS, name), 'latin1');
      return [`/${name.split(path.sep).join('/')}`, withParts(text, parts, known)];
    });
  for (const part of parts)
    if (!known.has(part)) throw new Error(`fixture: the ready-made headers have no part "${part}"`);
  return headers;
}

function withParts(text: string, parts: ReadonlySet<string>, known: Set<string>): string {
  const wanted: boolean[] = [];
  return text
    .split('\n')
    .map((line) => {
      const begin = /^\/\/\/ (with|without) (\w+)$/.exec(line);
      if (begin) {
        known.add(begin[2]);
        wanted.push(parts.has(begin[2]) === (begin[1] === 'with'));
      } else if (line === '/// end') wanted.pop();
      else return wanted.every(Boolean) ? line : '';
      return '';
    })
    .join('\n');
}
