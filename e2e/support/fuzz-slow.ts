import { connect } from "node:net";
import { flawsOf, type JudgedCase } from "./fuzz-judge";
import { outcomeOf, type WireOutcome } from "./fuzz-wire";
import type { World } from "./fuzz-world";

/** Requests that take their time; each resolves with what was wrong. */

const stepMilliseconds = 20;
/** The server's own, and how seldom it looks (node's `connectionsCheckingInterval`), and some slack. */
const headersDeadlineMilliseconds = (15 + 30 + 10) * 1000;
const requestDeadlineMilliseconds = (60 + 30 + 10) * 1000;

/** Arriving octet by octet, input is judged as ever; who is refused for their credential need not send the rest. */
export async function trickledRequests(world: World): Promise<string[]> {
  const body = '{"nonsense":"slowly"}';
  const to = (credential: string) =>
    `POST /v1/pipelines HTTP/1.1\r\nHost: fuzz\r\nAuthorization: Bearer ${credential}\r\nContent-Type: application/json\r\n`;
  const whole = (credential: string) => `${to(credential)}Content-Length: ${body.length}\r\n\r\n${body}`;
  const unfinished = `${to("x")}Content-Length: 1000000\r\n\r\n{`;
  const flaws = await Promise.all([
    trickled(world, whole(world.apiSecret), [400], requestDeadlineMilliseconds),
    trickled(world, whole("x"), [401], requestDeadlineMilliseconds),
    trickled(world, unfinished, [401], requestDeadlineMilliseconds),
  ]);
  return flaws.flat();
}

/** What never ends is ended by the server, in its own time. */
export async function endlessRequests(world: World): Promise<string[]> {
  const head = `POST /v1/pipelines HTTP/1.1\r\nHost: fuzz\r\nAuthorization: Bearer ${world.apiSecret}\r\n`;
  const body = `${head}Content-Type: application/json\r\n`;
  const flaws = await Promise.all([
    trickled(world, head, [408], headersDeadlineMilliseconds),
    trickled(world, `${body}Content-Length: 1000\r\n\r\n{`, [408], requestDeadlineMilliseconds),
    trickled(world, `${body}Transfer-Encoding: chunked\r\n\r\n5\r\n{`, [408], requestDeadlineMilliseconds),
  ]);
  return flaws.flat();
}

async function trickled(
  world: World,
  text: string,
  refusedWith: readonly number[],
  deadlineMilliseconds: number,
): Promise<string[]> {
  const judged: JudgedCase = {
    method: "POST",
    headers: [],
    refusedWith,
    isApi: true,
    parserMayRefuse: refusedWith.includes(408),
  };
  const flaws = flawsOf(judged, await trickle(world.url, text, deadlineMilliseconds), world.known);
  return flaws.map((flaw) => `${flaw}: slowly, ${JSON.stringify(text.slice(0, 60))}`);
}

function trickle(url: string, text: string, deadlineMilliseconds: number): Promise<WireOutcome> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let sent = 0;
    const sending = setInterval(() => {
      if (sent < text.length) socket.write(text.charAt(sent++));
    }, stepMilliseconds);
    const settle = (ending: WireOutcome["ending"]) => {
      clearInterval(sending);
      clearTimeout(timer);
      socket.destroy();
      resolve(outcomeOf(Buffer.concat(chunks), ending));
    };
    const timer = setTimeout(() => settle("silence"), deadlineMilliseconds);
    socket.on("error", () => settle("closed")).once("end", () => settle("closed"));
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (outcomeOf(Buffer.concat(chunks), "kept").answers.length > 0) settle("kept");
    });
  });
}
