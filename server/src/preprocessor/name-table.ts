/** Names and where they may be declared, in columns: a unit has tens of thousands, and most stand in one place. */

/** Name ids with the indices of the items, of one file, that may declare them. */
export class NameTable implements Iterable<[number, readonly number[]]> {
  /** One column each, in the order of the items; a name that an item holds twice may stand twice. */
  constructor(
    readonly ids: Int32Array,
    private readonly items: Int32Array,
  ) {}

  /** Indices of the items that may declare a name, ascending. */
  get(id: number): readonly number[] {
    const found: number[] = [];
    for (let at = this.ids.indexOf(id); at >= 0; at = this.ids.indexOf(id, at + 1))
      if (found[found.length - 1] !== this.items[at]) found.push(this.items[at]);
    return found;
  }

  /** Whether a name stands more than once. */
  isRepeated(id: number): boolean {
    this.repeated ??= repeatedAmong(this.ids);
    return this.repeated.has(id);
  }

  private repeated: ReadonlySet<number> | undefined;

  /** Indices of the items that may declare any name, ascending. */
  get declaring(): readonly number[] {
    return [...new Set(this.items)];
  }

  /** Each name once, in the order in which they come first. */
  *[Symbol.iterator](): Iterator<[number, readonly number[]]> {
    for (const id of new Set(this.ids)) yield [id, this.get(id)];
  }
}

function repeatedAmong(ids: Int32Array): Set<number> {
  const once = new Set<number>();
  const repeated = new Set<number>();
  for (const id of ids) if (once.size === once.add(id).size) repeated.add(id);
  return repeated;
}

/** Takes in what becomes a NameTable. */
export class NameColumns {
  private ids = new Int32Array(256);
  private items = new Int32Array(256);
  private count = 0;

  /** Items come in order. */
  add(id: number, item: number): void {
    if (this.count === this.ids.length) {
      this.ids = grown(this.ids);
      this.items = grown(this.items);
    }
    this.ids[this.count] = id;
    this.items[this.count++] = item;
  }

  /** Takes back what was added last, for one item. */
  forget(item: number): void {
    while (this.count > 0 && this.items[this.count - 1] === item) this.count--;
  }

  /** The table of what was added since the last one. */
  take(): NameTable {
    const table = new NameTable(this.ids.slice(0, this.count), this.items.slice(0, this.count));
    this.count = 0;
    return table;
  }
}

/** For each name id the values that were added for it, each once in a row: a chain of links. */
export class Chains<Value> {
  /** By name id, the number of its last link; 0 for none. */
  private heads = new Int32Array(1 << 12);
  private readonly values: (Value | undefined)[] = [undefined];
  /** The number of the link before. */
  private readonly before: number[] = [0];
  /** The first of the links that are not in use; they hang on each other by `before`. */
  private free = 0;

  add(id: number, value: Value): void {
    while (id >= this.heads.length) this.heads = grown(this.heads);
    const head = this.heads[id];
    if (head > 0 && this.values[head] === value) return;
    const link = this.free > 0 ? this.free : this.values.length;
    if (this.free > 0) this.free = this.before[link];
    this.values[link] = value;
    this.before[link] = head;
    this.heads[id] = link;
  }

  /** Takes a value out that was added for a name, wherever it stands. */
  remove(id: number, value: Value): void {
    let after = 0;
    for (let link = this.heads[id] ?? 0; link > 0; ) {
      const next = this.before[link];
      if (this.values[link] === value) {
        if (after > 0) this.before[after] = next;
        else this.heads[id] = next;
        this.values[link] = undefined;
        this.before[link] = this.free;
        this.free = link;
      } else after = link;
      link = next;
    }
  }

  /** The values of a name, in the order in which they were added. */
  of(id: number): Value[] {
    const found: Value[] = [];
    for (let link = this.heads[id] ?? 0; link > 0; link = this.before[link]) found.push(this.values[link] as Value);
    return found.reverse();
  }
}

function grown(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * column.length);
  larger.set(column);
  return larger;
}
