/** Every rule, one line each. */

import type { Rule } from '../analysis/rule';
import { brokenAssert } from './broken-assert';
import { brokenMatch } from './broken-match';
import { compatTwin } from './compat-twin';
import { countAfterUse } from './count-after-use';
import { devmapExport } from './devmap-export';
import { devmapPut } from './devmap-put';
import { dmaSharesLine } from './dma-shares-line';
import { encodedPointer } from './encoded-pointer';
import { holeAdded } from './hole-added';
import { holeLeak } from './hole-leak';
import { indexShare } from './index-share';
import { ioctlSize } from './ioctl-size';
import { kindOverlap } from './kind-overlap';
import { lruWhileOwned } from './lru-while-owned';
import { mappingLowBits } from './mapping-low-bits';
import { mappingNotReset } from './mapping-not-reset';
import { memcgDataBits } from './memcg-data-bits';
import { memdescCast } from './memdesc-cast';
import { missingMatch } from './missing-match';
import { narrowBitop } from './narrow-bitop';
import { openCodedDevmap } from './open-coded-devmap';
import { ownerOpsUnmasked } from './owner-ops-unmasked';
import { packedAddress } from './packed-address';
import { packedNumber } from './packed-number';
import { pageTypeMapcount } from './page-type-mapcount';
import { privateNotReset } from './private-not-reset';
import { rawCompoundWord } from './raw-compound-word';
import { rawMember } from './raw-member';
import { rawPgmap } from './raw-pgmap';
import { rcuHeadOverlap } from './rcu-head-overlap';
import { refcountOnSlab } from './refcount-on-slab';
import { reservedMember } from './reserved-member';
import { staleUnionMember } from './stale-union-member';
import { swapPrivate } from './swap-private';
import { tagBitClash } from './tag-bit-clash';
import { tagBitStore } from './tag-bit-store';
import { tailDeviceData } from './tail-device-data';
import { tailField } from './tail-field';
import { uapiChange } from './uapi-change';
import { unaskedWord } from './unasked-word';
import { unguardedPgmap } from './unguarded-pgmap';
import { unmaskedPointer } from './unmasked-pointer';
import { unusedAllow } from './unused-allow';
import { wrongKindConversion } from './wrong-kind-conversion';
import { wrongUnionState } from './wrong-union-state';

export const rules: readonly Rule[] = [
  rawPgmap,
  unguardedPgmap,
  lruWhileOwned,
  ownerOpsUnmasked,
  tagBitClash,
  reservedMember,
  rawMember,
  pageTypeMapcount,
  memdescCast,
  openCodedDevmap,
  devmapExport,
  refcountOnSlab,
  indexShare,
  tagBitStore,
  brokenMatch,
  brokenAssert,
  missingMatch,
  encodedPointer,
  unmaskedPointer,
  rawCompoundWord,
  mappingLowBits,
  memcgDataBits,
  devmapPut,
  kindOverlap,
  staleUnionMember,
  wrongUnionState,
  wrongKindConversion,
  unaskedWord,
  mappingNotReset,
  privateNotReset,
  tailField,
  tailDeviceData,
  swapPrivate,
  rcuHeadOverlap,
  holeLeak,
  narrowBitop,
  countAfterUse,
  dmaSharesLine,
  packedAddress,
  packedNumber,
  uapiChange,
  ioctlSize,
  compatTwin,
  holeAdded,
  unusedAllow,
];
