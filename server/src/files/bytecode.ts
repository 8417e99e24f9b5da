/**
 * Loads a bundle with the bytecode that the build kept beside it (`NAME.code` of `NAME.js`), so that V8 need not compile
 * three megabytes again for each thread. What stands there was made by the same build as the bundle and is trusted as the
 * bundle is; nothing of it comes from a cache that others may write.
 */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire, wrap } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/** Bytes of the SHA-256 of the bundle, which stand before its bytecode. */
const DIGEST = 32;

/**
 * As `require(file)` of a bundle that imports nothing dynamically.
 *
 * Bytecode of another bundle is passed over here, that of another version of V8 or of other settings by V8 itself: the
 * bundle is compiled then.
 *
 * @param file Absolute path of a bundle.
 */
export function requireBundle<T>(file: string): T {
  const bytes = fs.readFileSync(file);
  const source = isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
  const script = new vm.Script(wrap(source), { filename: file, cachedData: bytecodeOf(file, bytes) });
  const module: { exports: unknown } = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, path.dirname(file));
  return module.exports as T;
}

function bytecodeOf(file: string, bundle: Buffer): Buffer | undefined {
  let kept: Buffer;
  try {
    kept = fs.readFileSync(`${file.slice(0, -path.extname(file).length)}.code`);
  } catch {
    return undefined;
  }
  const isOfBundle = createHash('sha256').update(bundle).digest().equals(kept.subarray(0, DIGEST));
  return isOfBundle ? kept.subarray(DIGEST) : undefined;
}
