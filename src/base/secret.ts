const printed = "[secret]";

/** A value that prints as `[secret]` however it is turned into text. */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself; the caller keeps it out of messages, events and jobs. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return printed;
  }

  toJSON(): string {
    return printed;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return printed;
  }
}
