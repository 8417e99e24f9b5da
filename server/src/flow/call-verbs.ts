/** What the names of functions say that others have in hand: nothing else is known of what these do to a list or a queue. */

/** Verbs in the names of functions that take a member out of what it was put into. */
export const TAKES_OUT = /(?:^|_)(?:remove|del|delete|cancel|flush|erase|unlink|dequeue|unregister)(?:_|$)/;

/** Verbs in the names of functions that put a member into something. */
export const PUTS_IN = /(?:^|_)(?:add|insert|enqueue|push)(?:_|$)/;
