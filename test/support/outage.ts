import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket, type TcpNetConnectOpts } from "node:net";

/** A way to a server that a test can cut and mend. */
export interface Line {
  readonly port: number;
  /** Breaks what is connected and refuses what comes. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Listens on loopback and passes every connection on to `server`: a unix socket's path, or a port. */
export async function lineTo(server: string | TcpNetConnectOpts): Promise<Line> {
  const sockets = new Set<Socket>();
  let whole = true;
  const hold = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A cut line is an error to both of its ends, and just what the test wants.
    socket.on("error", () => socket.destroy());
  };
  const listening = createServer((near) => {
    hold(near);
    if (!whole) {
      near.destroy();
      return;
    }
    const far = typeof server === "string" ? connect(server) : connect(server);
    hold(far);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    near.pipe(far).pipe(near);
  });
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (listening.address() as AddressInfo).port,
    cut,
    mend: () => void (whole = true),
    close: async () => {
      cut();
      listening.close();
      await once(listening, "close");
    },
  };
}
