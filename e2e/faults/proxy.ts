import { connect, createServer, type Socket } from "node:net";
import { freePort } from "@/lib/free-port";

/** What becomes of the bytes between the instances and the database. */
export type Passage = { kind: "open" } | { kind: "delayed"; milliseconds: number } | { kind: "lost" };

/** A way to the database that can be slow, lose everything without a word, or lead elsewhere. */
export interface FaultyWay {
  readonly port: number;
  /** Where new connections lead. */
  target: number;
  passage: Passage;
  /** Resolves when an instance is about to send this text, which goes no further: as if it had just not come to it. */
  stopBefore(text: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one in this process. While bytes are lost, connections are accepted all the same, as by a host that hangs. */
export async function startProxy(target: number): Promise<FaultyWay> {
  const sockets = new Set<Socket>();
  const port = await freePort();
  let awaited: { text: string; met: () => void } | undefined;
  const proxy: FaultyWay = {
    port,
    target,
    passage: { kind: "open" },
    stopBefore: (text) =>
      new Promise((resolve) => {
        awaited = { text, met: resolve };
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  const server = createServer((near) => {
    const far = connect(proxy.target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      // Once something of a connection is lost, the rest of it would make no sense.
      let isDead = false;
      let before = Promise.resolve();
      from.on("error", () => undefined);
      from.on("data", (bytes) => {
        const { passage } = proxy;
        isDead ||= passage.kind === "lost";
        if (isDead) return;
        if (from === near && awaited && bytes.includes(awaited.text)) {
          awaited.met();
          awaited = undefined;
          return;
        }
        const due = performance.now() + (passage.kind === "delayed" ? passage.milliseconds : 0);
        // In the order in which they came, also when the way has become faster meanwhile.
        before = before.then(async () => {
          const left = due - performance.now();
          if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
          to.write(bytes);
        });
      });
      from.on("close", () => {
        sockets.delete(from);
        if (!isDead && proxy.passage.kind !== "lost") to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return proxy;
}
