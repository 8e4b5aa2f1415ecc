type Listener = () => void;

/** One value that views are drawn from, and nothing else: who changes it says how, and whoever draws is told. */
export interface Store<T> {
  get(): T;
  update(change: (before: T) => T): void;
  /** Returns what ends it. */
  subscribe(listener: Listener): () => void;
}

export function openStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<Listener>();
  return {
    get: () => value,
    update: (change) => {
      value = change(value);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
