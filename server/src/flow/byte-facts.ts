/** What packs say of memory, by the names of functions and members, ready to be asked. */
import type { ByteFacts, ByteSink, RangeStores, TextCalls, UnclearedMemory } from '../packs/bytes';

export class ByteNames {
  readonly stores = new Map<string, RangeStores>();
  readonly texts = new Map<string, TextCalls>();
  readonly padded = new Set<string>();
  readonly reads = new Set<string>();
  readonly uncleared = new Map<string, UnclearedMemory>();
  readonly allocators = new Set<string>();
  readonly sizes = new Set<string>();
  readonly countedBy = new Set<string>();
  readonly sinks = new Map<string, ByteSink[]>();
  /** By the macro that a record leaves through. */
  readonly macroSinks = new Map<string, ByteSink>();
  /** By the member that the length is stored into. */
  readonly storeSinks = new Map<string, ByteSink>();
  /** Members behind which there is uncleared room, with their records. */
  readonly rooms = new Map<string, string>();

  constructor(facts: readonly ByteFacts[]) {
    for (const fact of facts) {
      for (const one of fact.stores ?? []) for (const name of one.call) this.stores.set(name, one);
      for (const one of fact.texts ?? []) for (const name of one.call) this.texts.set(name, one);
      for (const one of fact.uncleared ?? []) for (const name of one.call) this.uncleared.set(name, one);
      for (const { record, member } of fact.unclearedMembers ?? []) this.rooms.set(member, record);
      for (const name of fact.padded ?? []) this.padded.add(name);
      for (const name of fact.allocators ?? []) this.allocators.add(name);
      for (const name of fact.sizes ?? []) this.sizes.add(name);
      for (const name of fact.countedBy ?? []) this.countedBy.add(name);
      for (const name of fact.reads ?? []) this.reads.add(name);
      for (const sink of fact.sinks ?? []) {
        for (const name of sink.call ?? [])
          if (sink.isMacro) this.macroSinks.set(name, sink);
          else this.sinks.set(name, [...(this.sinks.get(name) ?? []), sink]);
        if (sink.store !== undefined) this.storeSinks.set(sink.store, sink);
      }
    }
  }

  /** Names without one of which nothing leaves. */
  get leaving(): readonly string[] {
    return [...this.sinks.keys(), ...this.macroSinks.keys(), ...this.storeSinks.keys()];
  }
}
