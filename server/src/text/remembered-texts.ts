/** Texts of which nothing is to be said, remembered from one state of a file to the next: most functions outlive a keystroke. */
import { apart } from './text';

/** So many texts are remembered for one topic; then all are forgotten. */
const MOST_REMEMBERED = 2000;

class RememberedTexts {
  private readonly texts = new Set<string>();

  has(text: string): boolean {
    return this.texts.has(text);
  }

  add(text: string): void {
    if (this.texts.size >= MOST_REMEMBERED) this.texts.clear();
    this.texts.add(apart(text));
  }
}

const remembered = new WeakMap<object, Map<string, RememberedTexts>>();

/**
 * @param lineage Stands for all that the answer rests on beside the text (see UnitGlobals).
 * @param topic What is asked of the texts, by value: it is the same for every state of the file.
 */
export function textsRemembered(lineage: object, topic: string): RememberedTexts {
  let topics = remembered.get(lineage);
  if (!topics) remembered.set(lineage, (topics = new Map()));
  let texts = topics.get(topic);
  if (!texts) topics.set(topic, (texts = new RememberedTexts()));
  return texts;
}
