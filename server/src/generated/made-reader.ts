/** A reader of files that also knows the headers which a build would have made: what is on disk wins over them. */
import type { TargetName } from '../layout/target';
import type { Configuration } from '../preprocessor/config';
import type { Lexer } from '../preprocessor/source';
import type { SourceReader } from '../text/text';
import { evaluatorOf } from './defined-constants';
import { type MadeHeaders, madeHeaders } from './made-headers';

interface MadeReaderSettings {
  /** The source tree's folder, and that of its build, which may be the same, or not exist. */
  readonly kernel: string;
  readonly build: string;
  /** As projects name it: `x86`, `i386`, `arm64`. */
  readonly arch: string;
  readonly target: TargetName;
  readonly config: Configuration | undefined;
  readonly reader: SourceReader;
  /** What makes tokens of headers, and best remembers them: constants rest on headers that others read, too. */
  readonly lex?: Lexer;
  /** The names in a folder; empty where there is none. */
  list(folder: string): readonly string[];
  readonly isHexadecimal?: (symbol: string) => boolean;
  /** Headers, below the build folder, that are made though they exist: the configuration is another than theirs. */
  readonly remade?: (path: string) => boolean;
}

export interface MadeReader extends SourceReader {
  readonly headers: MadeHeaders;
}

export function readerWithHeaders(settings: MadeReaderSettings): MadeReader {
  const { kernel, build, arch, target, config, reader, lex, list, isHexadecimal, remade } = settings;
  const headers = madeHeaders({
    arch,
    config,
    read: (path) => reader.read(`${kernel}/${path}`),
    list: (folder) => list(folder === '' ? kernel : `${kernel}/${folder}`),
    isHexadecimal,
    evaluate: (file) => evaluatorOf({ kernel, build, arch, target, lex, reader: both })(file),
  });
  /** The path below the build folder of a header that can be made; undefined for other files. */
  const makeable = (path: string): string | undefined => {
    if (!path.startsWith(`${build}/`)) return undefined;
    const below = path.slice(build.length + 1);
    return headers.paths.has(below) ? below : undefined;
  };
  const both: MadeReader = {
    headers,
    read(path) {
      const header = makeable(path);
      if (header === undefined) return reader.read(path);
      const onDisk = remade?.(header) ? undefined : reader.read(path);
      return onDisk ?? headers.header(header)?.text;
    },
    made(path) {
      const header = makeable(path);
      if (header === undefined || (!remade?.(header) && reader.exists(path))) return undefined;
      return headers.header(header)?.text;
    },
    exists: (path) => makeable(path) !== undefined || reader.exists(path),
  };
  return both;
}
