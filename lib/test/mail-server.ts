import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  to: string[];
  /** The whole message, with soft line breaks and encoded characters undone. */
  content: string;
}

/** A mail server on this machine that keeps what it is given; the first `refusals` messages it does not take. */
export async function startMailServer(port: number, options: { refusals?: number } = {}) {
  const mails: ReceivedMail[] = [];
  let refusals = options.refusals ?? 0;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    async onData(stream, session, done) {
      const content = decoded(await text(stream));
      if (refusals > 0) {
        refusals -= 1;
        return done(Object.assign(new Error("Try again later"), { responseCode: 451 }));
      }
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), content });
      done();
    },
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    mails,
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

/** Undoes quoted-printable (RFC 2045 §6.7) and encoded words in headers (RFC 2047). */
function decoded(message: string): string {
  const bytes = (encoded: string) =>
    Buffer.from(
      encoded.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      "latin1",
    ).toString("utf8");
  return message
    .replace(/\?=\r\n =\?/g, "?==?")
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, word: string) => bytes(word.replaceAll("_", " ")))
    .replace(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, word: string) => Buffer.from(word, "base64").toString("utf8"))
    .replace(/=\r\n/g, "")
    .replace(/(=[0-9A-F]{2})+/g, bytes);
}
