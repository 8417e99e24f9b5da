/**
 * NAME.asn1.h beside each NAME.asn1: a decoder of its grammar, and the functions that the grammar calls, which stand in it
 * as `({ function })`. Comments run from `--` to the end of the line, or to the next `--`.
 */
import { fromTable, type Generator } from './build-tree';

/** Where a kernel has grammars. */
const FOLDERS: readonly string[] = [
  'crypto',
  'crypto/asymmetric_keys',
  'fs/smb/client',
  'fs/smb/server',
  'net/ipv4/netfilter',
  'security/keys/trusted-keys',
];

export const asn1Headers: Generator = (tree) =>
  new Map(
    FOLDERS.flatMap((folder) =>
      tree
        .list(folder)
        .filter((name) => name.endsWith('.asn1'))
        .map((name) => {
          const grammar = name.slice(0, -'.asn1'.length);
          const make = (text: string): string => header(grammar, text);
          return [`${folder}/${name}.h`, fromTable(tree, `${folder}/${name}`, make)] as const;
        }),
    ),
  );

function header(grammar: string, text: string): string {
  const calls = text.replace(/--.*?(--|$)/gm, '').matchAll(/\(\{\s*([\w-]+)\s*\}\)/g);
  const functions = [...new Set([...calls].map(([, name]) => name))].sort();
  return [
    '#include <linux/asn1_decoder.h>',
    `extern const struct asn1_decoder ${grammar}_decoder;`,
    ...functions.map((name) => `extern int ${name}(void *, size_t, unsigned char, const void *, size_t);`),
    '',
  ].join('\n');
}
