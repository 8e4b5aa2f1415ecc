import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Socket } from "node:net";

/** One mail as a server of SMTP was handed it (RFC 5321). */
export interface CaughtMail {
  /** Every line the client said, the message left out. */
  readonly said: readonly string[];
  /** The message's bytes as text, dots unstuffed. */
  readonly message: string;
}

export interface MailServer extends AsyncDisposable {
  readonly url: string;
  readonly mails: CaughtMail[];
  /** Refuses every recipient for good while true. */
  refuses: boolean;
  /** Takes the message and hangs up without a word while true. */
  vanishes: boolean;
}

/** A small server of SMTP on loopback: no TLS, no sign-in, keeps what it is given. */
export async function withMailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const mails: CaughtMail[] = [];
  const held = { refuses: false, vanishes: false };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(socket, held, (mail) => mails.push(mail));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(held, {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  });
}

function converse(
  socket: Socket,
  held: { readonly refuses: boolean; readonly vanishes: boolean },
  caught: (mail: CaughtMail) => void,
): void {
  const said: string[] = [];
  let rest = "";
  let inMessage = false;
  const reply = (line: string): boolean => socket.write(`${line}\r\n`);
  const command = (line: string): void => {
    said.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "DATA") inMessage = true;
    if (verb === "QUIT") socket.end("221 bye\r\n");
    else if (verb === "RCPT" && held.refuses)
      reply("550 5.1.1 no such user, says a server that quotes <fanta@example.org>");
    else reply(verb === "DATA" ? "354 go on" : "250 ok");
  };
  const message = (text: string): void => {
    inMessage = false;
    caught({ said: [...said], message: text.replaceAll(/^\./gm, "") });
    if (held.vanishes) socket.destroy();
    else reply("250 kept");
  };
  reply("220 catcher");
  socket.setEncoding("latin1").on("data", (text: string) => {
    rest += text;
    for (;;) {
      const end = inMessage ? rest.indexOf("\r\n.\r\n") : rest.indexOf("\r\n");
      if (end < 0) return;
      const piece = rest.slice(0, inMessage ? end + 2 : end);
      rest = rest.slice(end + (inMessage ? 5 : 2));
      if (inMessage) message(piece);
      else command(piece);
    }
  });
}

/** One request as it came. */
export interface CaughtPost {
  readonly path: string;
  /** Method, headers (but for the port of this server) and body in one text. */
  readonly bytes: string;
}

export interface PostServer extends AsyncDisposable {
  readonly url: string;
  readonly posts: CaughtPost[];
  /** What it answers. */
  status: number;
}

/** A web server on loopback that keeps what is posted to it. */
export async function withPostServer(): Promise<PostServer> {
  const posts: CaughtPost[] = [];
  const held = { status: 200 };
  const server = createHttpServer((request, answer) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const { host: _, ...headers } = request.headers;
      posts.push({ path: request.url!, bytes: JSON.stringify([request.method, headers, body]) });
      answer.writeHead(held.status, { location: "http://127.0.0.1:9/elsewhere" }).end("read by nobody");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(held, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}
