/** A map that costs nothing to copy until one of the copies is changed: most ways through a function change little. */

export class SharedMap<Key, Value> {
  private isShared = false;

  constructor(private map: Map<Key, Value> = new Map()) {}

  /** A map of its own, as far as anybody can tell. */
  copy(): SharedMap<Key, Value> {
    const copy = new SharedMap(this.map);
    copy.isShared = this.isShared = true;
    return copy;
  }

  get size(): number {
    return this.map.size;
  }

  get(key: Key): Value | undefined {
    return this.map.get(key);
  }

  has(key: Key): boolean {
    return this.map.has(key);
  }

  keys(): IterableIterator<Key> {
    return this.map.keys();
  }

  values(): IterableIterator<Value> {
    return this.map.values();
  }

  /** Whoever changes the map on the way goes on over what it held before. */
  [Symbol.iterator](): IterableIterator<[Key, Value]> {
    return this.map[Symbol.iterator]();
  }

  set(key: Key, value: Value): void {
    if (this.map.get(key) !== value) this.own().set(key, value);
  }

  delete(key: Key): void {
    if (this.map.has(key)) this.own().delete(key);
  }

  clear(): void {
    if (this.map.size === 0) return;
    this.map = new Map();
    this.isShared = false;
  }

  private own(): Map<Key, Value> {
    if (this.isShared) {
      this.map = new Map(this.map);
      this.isShared = false;
    }
    return this.map;
  }
}
