/** The rule devmap-export: internals of device memory and who may use them. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

describe('devmap-export', () => {
  it('reports plain exports of internals, and no others', () => {
    check(
      `
    #define EXPORT_SYMBOL(name)
    #define EXPORT_SYMBOL_GPL(name)
    int devmap_managed_key;
    EXPORT_SYMBOL(devmap_managed_key);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info[devmap-export]: devmap_managed_key is an internal of device memory, exported to every module. Use EXPORT_SYMBOL_GPL(devmap_managed_key).
    void get_dev_pagemap(void) { }
    EXPORT_SYMBOL_GPL(get_dev_pagemap);   // ok
    void memremap(void) { }
    EXPORT_SYMBOL(memremap);   // ok
    `,
      { rules: ['devmap-export'] },
    );
  });

  it('is off by default', () => {
    check(`
    #define EXPORT_SYMBOL(name)
    int devmap_managed_key;
    EXPORT_SYMBOL(devmap_managed_key);   // ok
    `);
  });
});
