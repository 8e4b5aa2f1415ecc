import { Fault } from "../../base/fault.ts";
import type { WorkChallenge } from "../../envelope/work.ts";
import type { Draw, Drawn } from "../../trends/release.ts";
import type { Keys } from "../../roster/identity.ts";
import { bareKeys, keysIn } from "./bare.ts";
import type { Answered, Answers, Asked, OpenedFile, Order, SealedFile } from "./orders.ts";
import { trustedAddress } from "./trusted.ts";

/** Two workers that do what would hold the page: stretching a passphrase, opening files, proof of work. */
export interface Openers extends Disposable {
  /** Rejects as `decryptKeys`. */
  unlock(file: Uint8Array, passphrase: string): Promise<Keys>;
  /** An identity file for these keys. */
  lock(keys: Keys, passphrase: string): Promise<Uint8Array>;
  /** Frames in the order of the files; `firstTry` is the reviewer's own stanza. */
  open(files: readonly SealedFile[], keys: Pick<Keys, "identity">, firstTry: number): Promise<readonly OpenedFile[]>;
  /** Bounds a quarter's items and draws their noise. Rejects as `draw` of trends/release.ts. */
  draw(drawing: Draw): Promise<Drawn>;
  work(challenge: WorkChallenge): Promise<string>;
}

const workers = 2;

/** Starts them out of the page's own script. Disposing of them ends them with all they hold. */
export function startOpeners(script: string): Openers {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const trusted = trustedAddress(address);
  const hands = Array.from({ length: workers }, () => startHand(trusted));
  const ask = <O extends Order>(order: O): Promise<Answers[O["order"]]> =>
    hands.reduce((least, hand) => (hand.waiting() < least.waiting() ? hand : least)).ask(order);
  return {
    unlock: async (file, passphrase) => keysIn(await ask({ order: "unlock", file, passphrase })),
    lock: (keys, passphrase) => ask({ order: "lock", keys: bareKeys(keys), passphrase }),
    open: (files, { identity }, firstTry) => ask({ order: "open", identity: identity.reveal(), firstTry, files }),
    draw: (drawing) => ask({ order: "draw", drawing }),
    work: (challenge) => ask({ order: "work", challenge }),
    [Symbol.dispose]: () => {
      for (const hand of hands) hand.end();
      URL.revokeObjectURL(address);
    },
  };
}

interface Hand {
  waiting(): number;
  ask<O extends Order>(order: O): Promise<Answers[O["order"]]>;
  end(): void;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (fault: Fault) => void;
}

function startHand(address: string): Hand {
  const worker = new Worker(address);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const failAll = (): void => {
    for (const { reject } of waiting.values()) reject(new Fault("bug"));
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }: MessageEvent<Answered>) => {
    const asker = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.ok) asker?.resolve(data.answer as never);
    else asker?.reject(new Fault(data.code));
  });
  worker.addEventListener("error", failAll);
  return {
    waiting: () => waiting.size,
    ask: (order) =>
      new Promise((resolve, reject) => {
        const asked: Asked = { number: ++last, order };
        waiting.set(asked.number, { resolve, reject });
        worker.postMessage(asked, []);
      }),
    end: () => {
      worker.terminate();
      failAll();
    },
  };
}
