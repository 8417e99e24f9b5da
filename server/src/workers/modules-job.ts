/** The job of finding the BTF in the files of modules, most of which are packed. */
import fs from 'node:fs';
import { type BtfSection, btfSection } from '../btf/btf';
import { reasonOf } from '../files/errno';
import { unpacked } from '../files/unpack';
import type { Job } from './job';

export interface ModulesTask {
  readonly files: readonly string[];
}

/** Of each file in turn, its BTF, or why it has none. */
export type ModulesAnswer = readonly (BtfSection | { readonly problem: string })[];

export class ModulesJob implements Job<ModulesTask, ModulesAnswer> {
  answer({ files }: ModulesTask): ModulesAnswer {
    return files.map((file) => {
      try {
        const { raw, pointerSize, ownBase } = btfSection(unpacked(fs.readFileSync(file)));
        // A copy, as the rest of the file is not to be kept.
        return { raw: raw.slice(), pointerSize, ownBase: ownBase?.slice() };
      } catch (error) {
        return { problem: reasonOf(error) };
      }
    });
  }
}
