import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export interface Message {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of webhooks on this machine. It answers 204 unless told otherwise. */
export async function startReceiver(answer: RequestListener = (_, response) => response.writeHead(204).end()) {
  const messages: Message[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    messages.push({ headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/praxis`,
    messages,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a message says, once its signature was checked as a receiver would. Throws when it is not by this secret. */
export function verified(message: Message | undefined, secret: string): unknown {
  if (!message) throw new Error("There is no such message");
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = message.headers;
  return new Webhook(secret).verify(message.body, {
    "webhook-id": String(id),
    "webhook-timestamp": String(timestamp),
    "webhook-signature": String(signature),
  });
}
